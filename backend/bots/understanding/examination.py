"""How well lines are understood by a model that has never met their family."""

import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from backend.bots.understanding.danger_text import danger_examples
from backend.bots.understanding.doubt import is_between_two, is_unsure
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
    """What a line meant and what was understood; `asked` where the person would be asked which of two is meant."""

    text: str
    meant: Intent
    understood: Intent
    confidence: float
    second: Intent | None
    asked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Shares of all lines, 0 to 1: wrong guesses a question mends, wrong ones where it names neither meaning, right ones
    asked about for nothing, and wrong ones answered without a question.
    """

    mended: float
    neither: float
    needless: float
    wrong: float


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


def examine_by_family(fifths: Iterable[int] = range(PARTS)) -> list[Answer]:
    """Every family of `fifths` is asked once, of a model taught with the other four fifths."""
    taught, dangers = examples(), danger_examples()
    questions = page_examples(taught)
    part_of = parts(one.family for one in taught)
    answers: list[Answer] = []
    for part in fifths:
        model = Model(teach([one for one in taught if part_of[one.family] != part], dangers, questions))
        asked = [(one.text, one.intent) for one in taught if part_of[one.family] == part]
        answers.extend(examine(asked, model))
    return answers


def find_pages(lines: Sequence[str], model: Model) -> list[str | None]:
    """The knowledge page each line would be answered by."""
    return [understand(text, now=_THEN, model=model).page for text in lines]


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


def asking(answers: Sequence[Answer]) -> Asking:
    """What the question 「您是想……」 is worth."""
    wrong = [one for one in answers if one.meant != one.understood]
    mended = sum(one.asked and one.second == one.meant for one in wrong)
    asked = sum(one.asked for one in wrong)
    needless = sum(one.asked for one in answers) - asked
    count = len(answers)
    return Asking(
        mended=mended / count,
        neither=(asked - mended) / count,
        needless=needless / count,
        wrong=(len(wrong) - asked) / count,
    )


def _answer(text: str, meant: Intent, model: Model) -> Answer:
    understood = understand(text, now=_THEN, model=model)
    by_us = understood.by in {"safety", "facts"}
    second = understood.runner_up
    return Answer(
        text=text,
        meant=meant,
        understood=understood.intent,
        confidence=understood.confidence,
        second=second.intent if second else None,
        asked=not by_us and (is_unsure(understood) or is_between_two(understood)),
    )
