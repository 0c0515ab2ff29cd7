"""`python -m backend.bots.report [file …]`: how well the assistant understands people it has not met.

Each file holds lines never used in training: a table `lines` by intent, or `danger` by kind and `harmless.lines`.
Without files only the training text itself is examined, each phrasing family by a model that has not seen it.
"""

import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel

from backend.bots.safety import Kind, judge
from backend.bots.understanding.examination import (
    Answer,
    accuracy,
    confusions,
    examine,
    examine_by_family,
    scores,
)
from backend.bots.understanding.store import load_model
from backend.bots.understanding.training_text import examples
from backend.bots.understanding.values import Intent

_SHOWN = 15


class HeldOut(BaseModel):
    """One file of lines that training never sees."""

    lines: dict[Intent, list[str]] = {}
    danger: dict[Kind | str, list[str]] = {}
    harmless: dict[str, list[str]] = {}


def main() -> None:
    """Prints the tables."""
    model = load_model()
    for name in sys.argv[1:]:
        held_out = HeldOut.model_validate(tomllib.loads(Path(name).read_text(encoding="utf-8")))
        if held_out.lines:
            asked = [(text, intent) for intent, texts in held_out.lines.items() for text in texts]
            _print(f"{name}: lines kept out of training", _table(examine(asked, model)))
        if held_out.danger:
            _print(f"{name}: danger", _danger(held_out))
    if len(sys.argv) == 1:
        _print("phrasing families held out one fifth at a time", _table(examine_by_family(examples())))


def _table(answers: list[Answer]) -> Iterator[str]:
    yield f"accuracy {accuracy(answers):.2%} of {len(answers)}"
    yield f"{'intent':<18}{'lines':>6}{'precision':>11}{'recall':>9}"
    for score in scores(answers):
        yield f"{score.intent:<18}{score.lines:>6}{score.precision:>11.1%}{score.recall:>9.1%}"
    for meant, understood, count in confusions(answers)[:_SHOWN]:
        example = next(one.text for one in answers if (one.meant, one.understood) == (meant, understood))
        yield f"  {meant} taken for {understood}: {count}, such as {example}"


def _danger(held_out: HeldOut) -> Iterator[str]:
    dangers = [text for texts in held_out.danger.values() for text in texts]
    harmless = [text for texts in held_out.harmless.values() for text in texts]
    missed = [text for text in dangers if not judge(text)]
    alarmed = [text for text in harmless if judge(text)]
    yield f"recall {1 - len(missed) / len(dangers):.2%} of {len(dangers)}; missed: {missed or 'none'}"
    yield f"false alarms {len(alarmed)} of {len(harmless)}: {alarmed or 'none'}"


def _print(title: str, rows: Iterator[str]) -> None:
    sys.stdout.write("\n".join([f"== {title}", *rows, ""]) + "\n")


if __name__ == "__main__":
    main()
