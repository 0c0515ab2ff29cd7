"""The text the assistant learns from: `config/assistant/training/<intent>.txt`.

A line `## name` begins a family, one manner of saying the thing; every other line is a template in which `{slot}` stands
for one of the words of `slots.toml` and `(a|b|)` for one of those given.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from backend.bots.understanding.values import Intent
from config.tables import FOLDER, Table, read

TRAINING = FOLDER / "assistant" / "training"
_CHOICE = re.compile(r"\{(\w+)\}|\(([^()]*\|[^()]*)\)")
_PER_TEMPLATE = 12
_SEED = 20211


class Slots(Table):
    """Slot name and its words, parted by `|`; a word may hold choices itself."""

    slots: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One line and what it means; `family` is unique across intents."""

    text: str
    intent: Intent
    family: str


def examples() -> list[Example]:
    """Every template written out a few times, always the same few. Raises ConfigurationFault."""
    slots = {
        name: words.split("|") for name, words in read("assistant/training/slots.toml", Slots).slots.items()
    }
    return [example for intent in get_args(Intent) for example in _of_intent(intent, slots)]


def _of_intent(intent: Intent, slots: dict[str, list[str]]) -> Iterator[Example]:
    path = TRAINING / f"{intent}.txt"
    if not path.exists():  # emergencies are known by rule alone
        return
    family = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            family = f"{intent}: {line[3:].strip()}"
        elif line.strip():
            for text in _written_out(line.strip(), slots):
                yield Example(text=text, intent=intent, family=family)


def _written_out(template: str, slots: dict[str, list[str]]) -> list[str]:
    """A list of whole sayings in full, of a sentence with choices a dozen."""
    if whole := _CHOICE.fullmatch(template):
        return list(dict.fromkeys(whole.group(2).split("|") if whole.group(2) else slots[whole.group(1)]))
    chooser = random.Random(f"{_SEED}{template}")  # noqa: S311  # reproducible sampling, no secret
    tries = [
        _filled(template, slots, chooser) for _ in range(_PER_TEMPLATE if _CHOICE.search(template) else 1)
    ]
    return list(dict.fromkeys(tries))


def _filled(template: str, slots: dict[str, list[str]], chooser: random.Random) -> str:
    def chosen(match: re.Match[str]) -> str:
        return chooser.choice(slots[match.group(1)] if match.group(1) else match.group(2).split("|"))

    while _CHOICE.search(template):
        template = _CHOICE.sub(chosen, template)
    return template
