"""The text the assistant learns from: `config/assistant/training/<intent>.txt`.

A line `## name` names a topic for the reader. Every other line is a phrasing family: `{slot}` stands for one of the words
of `slots.toml`, `(a|b|)` for one of those given. A line that is nothing but such a choice is a list of separate families.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
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
    """One line, what it means and the phrasing it was written out from."""

    text: str
    intent: Intent
    family: str


def examples() -> list[Example]:
    """Every template written out a few times, always the same few. Raises ConfigurationFault."""
    return [example for intent in get_args(Intent) for example in _of_intent(intent)]


def texts_of(path: Path) -> Iterator[tuple[str, str]]:
    """The lines of one file, each with its family. Raises ConfigurationFault."""
    slots = _slots()
    lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    for line in lines:
        if line and not line.startswith("## "):
            for family in _families(line):
                for text in _written_out(family, slots):
                    yield text, family


def lines_of(path: Path) -> Iterator[str]:
    """Every line of one file as it may be said. Raises ConfigurationFault."""
    return (text for text, _ in texts_of(path))


def write_out(line: str) -> list[str]:
    """One line with its slots filled in, a few times. Raises KeyError for a slot nobody knows."""
    return _written_out(line, _slots())


def _of_intent(intent: Intent) -> Iterator[Example]:
    path = TRAINING / f"{intent}.txt"
    if not path.exists():  # emergencies are learned apart: danger_text.py
        return
    for text, family in texts_of(path):
        yield Example(text=text, intent=intent, family=family)


@cache
def _slots() -> dict[str, list[str]]:
    table = read("assistant/training/slots.toml", Slots)
    return {name: words.split("|") for name, words in table.slots.items()}


def _families(line: str) -> list[str]:
    whole = _CHOICE.fullmatch(line)
    return whole.group(2).split("|") if whole and whole.group(2) else [line]


def _written_out(template: str, slots: dict[str, list[str]]) -> list[str]:
    chooser = random.Random(f"{_SEED}{template}")  # noqa: S311  # reproducible sampling, no secret
    tries = [
        _filled(template, slots, chooser) for _ in range(_PER_TEMPLATE if _CHOICE.search(template) else 1)
    ]
    return list(dict.fromkeys(tries))


def _filled(template: str, slots: dict[str, list[str]], chooser: random.Random) -> str:
    def chosen(match: re.Match[str]) -> str:
        slot, given = match.groups()
        return str(chooser.choice(slots[slot] if slot else given.split("|")))

    while _CHOICE.search(template):
        template = _CHOICE.sub(chosen, template)
    return template
