"""How well lines are understood by a model that has never met their family."""

import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from backend.bots.understanding.danger_text import danger_examples
from backend.bots.understanding.model import Model
from backend.bots.understanding.page_text import page_examples
from backend.bots.understanding.teaching import teach
from backend.bots.understanding.training_text import examples
from backend.bots.understanding.understand import understand
from backend.bots.understanding.values import Intent

PARTS = 5
_THEN = datetime(2026, 11, 23, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a line meant and what was understood."""

    text: str
    meant: Intent
    understood: Intent
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Shares from 0 to 1; `lines` meant this intent."""

    intent: Intent
    lines: int
    precision: float
    recall: float


def examine(lines: Sequence[tuple[str, Intent]], model: Model) -> list[Answer]:
    """Each line, understood."""
    return [_answer(text, meant, model) for text, meant in lines]


def examine_by_family() -> list[Answer]:
    """Every family is asked once, of a model taught with four fifths of the families, its own not among them."""
    taught, dangers = examples(), danger_examples()
    questions = page_examples(taught)
    part_of = parts(one.family for one in taught)
    answers: list[Answer] = []
    for part in range(PARTS):
        model = teach([one for one in taught if part_of[one.family] != part], dangers, questions)
        asked = [(one.text, one.intent) for one in taught if part_of[one.family] == part]
        answers.extend(examine(asked, model))
    return answers


def accuracy(answers: Sequence[Answer]) -> float:
    """The share understood as meant, 0 to 1."""
    return sum(answer.meant == answer.understood for answer in answers) / len(answers)


def scores(answers: Sequence[Answer]) -> list[Score]:
    """Precision and recall of every intent that occurs."""
    meant = Counter(answer.meant for answer in answers)
    understood = Counter(answer.understood for answer in answers)
    right = Counter(answer.meant for answer in answers if answer.meant == answer.understood)
    return [
        Score(
            intent=intent,
            lines=meant[intent],
            precision=right[intent] / (understood[intent] or 1),
            recall=right[intent] / meant[intent],
        )
        for intent in meant
    ]


def confusions(answers: Sequence[Answer]) -> list[tuple[Intent, Intent, int]]:
    """(meant, understood, how often), the most frequent first."""
    wrong = Counter((one.meant, one.understood) for one in answers if one.meant != one.understood)
    return [(meant, understood, count) for (meant, understood), count in wrong.most_common()]


def parts(families: Iterable[str]) -> dict[str, int]:
    """Which fifth a family belongs to, the same for ever."""
    return {family: zlib.crc32(family.encode()) % PARTS for family in families}


def _answer(text: str, meant: Intent, model: Model) -> Answer:
    understood = understand(text, now=_THEN, model=model)
    return Answer(text=text, meant=meant, understood=understood.intent, confidence=understood.confidence)
