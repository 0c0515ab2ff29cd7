"""How well danger is seen, and what is taken for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from backend.bots.safety import Danger, cleared, judge
from backend.bots.understanding.danger_text import danger_examples
from backend.bots.understanding.examination import PARTS, parts
from backend.bots.understanding.model import Model
from backend.bots.understanding.page_text import page_examples
from backend.bots.understanding.teaching import teach
from backend.bots.understanding.training_text import examples
from backend.bots.vigilance import watch


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A line, what the rules alone saw in it and what both readers saw."""

    text: str
    by_rules: Danger | None
    seen: Danger | None


def examine_danger(lines: Sequence[str], model: Model) -> list[Watched]:
    """Each line, watched."""
    return [Watched(text=text, by_rules=judge(text), seen=watch(text, model)) for text in lines]


def learned_by_family() -> tuple[list[float], list[float]]:
    """What the learned reader alone makes of danger, and of what sounds like it, in families it has not seen.

    The rules were written with these lines in mind, so that they cannot be examined with them.
    """
    everyday, hard = examples(), danger_examples()
    questions = page_examples(everyday)
    part_of = parts(one.family for one in hard)
    shares: dict[bool, list[float]] = {True: [], False: []}
    for part in range(PARTS):
        model = Model(teach(everyday, [one for one in hard if part_of[one.family] != part], questions))
        for one in hard:
            if part_of[one.family] == part:
                shares[one.danger].append(model.danger_share(cleared(one.text)))
    return shares[True], shares[False]
