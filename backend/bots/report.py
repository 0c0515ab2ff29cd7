"""`python -m backend.bots.report [file …]`: how well the assistant understands people it has not met.

Each file holds lines never used in training: `lines` by intent, `danger` and `harmless` by voice, `line` with the facts it
states, `answerable` by knowledge page, `unanswerable` what no page answers. Of a `frozen` file no line is shown: who sees
what was missed teaches it. Without files the training text itself is examined, each phrasing family by a model that has
not seen it. Each table's first line is its sum.
"""

import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel

from backend.bots.understanding.danger_examination import Watched, examine_danger, learned_by_family
from backend.bots.understanding.examination import (
    Answer,
    accuracy,
    asking,
    confusions,
    examine,
    examine_by_family,
    find_pages,
    scores,
)
from backend.bots.understanding.facts_examination import StatedLine, examine_facts
from backend.bots.understanding.model import Model
from backend.bots.understanding.store import load_model
from backend.bots.understanding.values import Intent

_SHOWN = 15
_BORDERS = (0.6, 0.95)


class HeldOut(BaseModel):
    """One file of lines that training never sees."""

    frozen: bool = False
    lines: dict[Intent, list[str]] = {}
    danger: dict[str, list[str]] = {}
    harmless: dict[str, list[str]] = {}
    line: list[StatedLine] = []
    answerable: dict[str, list[str]] = {}
    unanswerable: dict[str, list[str]] = {}


def main() -> None:
    """Prints the tables."""
    model = load_model()
    for name in sys.argv[1:]:
        held_out = HeldOut.model_validate(tomllib.loads(Path(name).read_text(encoding="utf-8")))
        shown = 0 if held_out.frozen else _SHOWN
        if held_out.lines:
            asked = [(text, intent) for intent, texts in held_out.lines.items() for text in texts]
            _print(f"{name}: intents", _table(examine(asked, model), shown))
        if held_out.danger:
            _print(f"{name}: danger", _danger(held_out, model, shown))
        if held_out.line:
            _print(f"{name}: facts", _facts(held_out.line, shown))
        if held_out.answerable:
            _print(f"{name}: knowledge pages", _pages(held_out, model, shown))
    if len(sys.argv) == 1:
        _print("phrasing families held out one fifth at a time", _table(examine_by_family(), _SHOWN))
        _print("danger, by the learned reader alone, families held out", _learned())


def _table(answers: list[Answer], shown: int) -> Iterator[str]:
    yield f"accuracy {accuracy(answers):.2%} of {len(answers)}"
    worth = asking(answers)
    yield (
        f"asked which of two is meant {worth.mended + worth.neither + worth.needless:.2%}: a wrong guess mended"
        f" {worth.mended:.2%}, neither is meant {worth.neither:.2%}, for nothing {worth.needless:.2%};"
        f" answered wrongly {worth.wrong:.2%}"
    )
    yield f"{'intent':<18}{'lines':>6}{'precision':>11}{'recall':>9}"
    for score in scores(answers):
        yield f"{score.intent:<18}{score.lines:>6}{score.precision:>11.1%}{score.recall:>9.1%}"
    for meant, understood, count in confusions(answers)[:shown]:
        example = next(one.text for one in answers if (one.meant, one.understood) == (meant, understood))
        yield f"  {meant} taken for {understood}: {count}, such as {example}"


def _danger(held_out: HeldOut, model: Model, shown: int) -> Iterator[str]:
    dangers = examine_danger([text for texts in held_out.danger.values() for text in texts], model)
    harmless = examine_danger([text for texts in held_out.harmless.values() for text in texts], model)
    yield f"recall of {len(dangers)}: {_shares(dangers)}"
    yield f"false alarms of {len(harmless)}: {_shares(harmless)}"
    missed = [one.text for one in dangers if not one.seen]
    alarmed = [one.text for one in harmless if one.seen]
    if shown:
        yield f"  missed: {missed or 'none'}; taken for danger: {alarmed or 'none'}"


def _shares(watched: list[Watched]) -> str:
    rules = sum(one.by_rules is not None for one in watched)
    alarmed = sum(one.seen is not None and one.seen.certain for one in watched)
    asked = sum(one.seen is not None and not one.seen.certain for one in watched)
    count = len(watched)
    return f"alarm {alarmed / count:.2%} (rules alone {rules / count:.2%}), asked first {asked / count:.2%}"


def _facts(lines: list[StatedLine], shown: int) -> Iterator[str]:
    scores_of = examine_facts(lines)
    right, stated, false = (
        sum(getattr(one, name) for one in scores_of.values()) for name in ("right", "stated", "false")
    )
    yield f"right {right} of {stated} stated, wrong {false}"
    yield f"{'fact':<20}{'right':>6}{'stated':>8}{'wrong':>7}{'missed':>8}"
    for field, score in scores_of.items():
        yield f"{field:<20}{score.right:>6}{score.stated:>8}{score.false:>7}{score.missed:>8}"
        if shown and score.wrong:
            yield f"  wrong: {score.wrong[:shown]}"


def _pages(held_out: HeldOut, model: Model, shown: int) -> Iterator[str]:
    asked = [(text, name) for name, texts in held_out.answerable.items() for text in texts]
    unknown = [text for texts in held_out.unanswerable.values() for text in texts]
    found = find_pages([text for text, _ in asked], model)
    answered = [text for text, page in zip(unknown, find_pages(unknown, model), strict=True) if page]
    right = sum(page == name for page, (_, name) in zip(found, asked, strict=True))
    none = found.count(None)
    yield (
        f"the right page {right} of {len(asked)}, another {len(asked) - right - none}, none {none};"
        f" answered though no page answers it {len(answered)} of {len(unknown)}"
    )
    if shown and answered:
        yield f"  answered: {answered[:shown]}"


def _learned() -> Iterator[str]:
    dangers, harmless = learned_by_family()
    for border in _BORDERS:
        seen = sum(share >= border for share in dangers) / len(dangers)
        false = sum(share >= border for share in harmless) / len(harmless)
        yield f"from {border}: recall {seen:.2%} of {len(dangers)}, false {false:.2%} of {len(harmless)}"


def _print(title: str, rows: Iterator[str]) -> None:
    sys.stdout.write("\n".join([f"== {title}", *rows, ""]) + "\n")


if __name__ == "__main__":
    main()
