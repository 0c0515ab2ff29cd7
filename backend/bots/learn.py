"""`python -m backend.bots.learn <intent>.txt … [--measure file.toml …]`: what supervisors marked becomes training text.

The files are those the transcripts' page gives, one intent each. A line that could name a person, that says nothing new,
or that is taught as another wish already is refused with its reason; the others are added to `config/assistant/`, and
the lines of the measured files are asked before and after. What was added is then read and committed like any text.
"""

import argparse
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, cast, get_args

from backend.bots.report import HeldOut
from backend.bots.training_line import says_nothing_personal
from backend.bots.understanding.danger_text import DANGER_TEXT
from backend.bots.understanding.examination import accuracy, examine
from backend.bots.understanding.features import letters
from backend.bots.understanding.plain_text import plain
from backend.bots.understanding.store import load_model
from backend.bots.understanding.training_text import TRAINING, lines_of, write_out
from backend.bots.understanding.values import Intent

_HEADING = "## 客户的话"
_EMERGENCY = "emergency"  # learned apart from the wishes
Fault = Literal["empty", "personal", "known", "contradicts", "held_out"]
_WHY: dict[Fault, str] = {
    "empty": "没有内容，或格式不对",
    "personal": "可能有个人信息",
    "known": "已经教过",
    "contradicts": "已经教作别的意思",
    "held_out": "是留作检验的，不能教",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """One exported line and the intent it should have had; `fault` is why it is not taught."""

    text: str
    intent: Intent
    fault: Fault | None = None


def main() -> None:
    """Adds what may be added and prints the rest with its reason. Ends with 2 for a file that is no intent's."""
    parser = argparse.ArgumentParser(prog="python -m backend.bots.learn")
    parser.add_argument("exported", nargs="+", type=Path)
    parser.add_argument("--measure", nargs="*", default=[], type=Path)
    given = parser.parse_args()
    unknown = [path.name for path in given.exported if path.stem not in get_args(Intent)]
    if unknown:
        parser.error(f"不是意图的文件：{'、'.join(unknown)}")
    held_out = [HeldOut.model_validate(tomllib.loads(path.read_text("utf-8"))) for path in given.measure]
    before = _accuracy(held_out)
    judged = judge(_read(given.exported), held_out)
    add([one for one in judged if one.fault is None])
    sys.stdout.write("".join(f"{line}\n" for line in _told(judged)))
    if held_out:
        load_model.cache_clear()  # the text has changed: it is learned anew
        sys.stdout.write(f"检验句答对：{before:.2%} → {_accuracy(held_out):.2%}\n")


def judge(marked: Sequence[Marked], held_out: Sequence[HeldOut]) -> list[Marked]:
    """Each line with its fault, if it has one; of two equal lines the first counts."""
    taught = dict(_taught())
    kept = {letters(plain(text)) for one in held_out for texts in _texts_of(one) for text in texts}
    judged = []
    for one in marked:
        fault = _fault(one, taught, kept)
        judged.append(replace(one, fault=fault))
        if fault is None:
            taught.update(dict.fromkeys(_as_said(one.text), one.intent))
    return judged


def add(marked: Sequence[Marked]) -> None:
    """Appends the lines to the text of their intents, below a heading of their own."""
    for intent in dict.fromkeys(one.intent for one in marked):
        path = _file_of(intent)
        lines = [one.text for one in marked if one.intent == intent]
        old = path.read_text(encoding="utf-8").rstrip("\n")
        heading = [] if _HEADING in old.splitlines() else ["", _HEADING]
        path.write_text("\n".join([old, *heading, *lines, ""]), encoding="utf-8")


def _fault(one: Marked, taught: dict[str, Intent], kept: set[str]) -> Fault | None:
    said = _as_said(one.text)
    if not all(said):
        return "empty"
    if not says_nothing_personal(one.text):
        return "personal"
    if said & kept:
        return "held_out"
    meanings = {taught[line] for line in said if line in taught}
    if meanings - {one.intent}:
        return "contradicts"
    return "known" if said <= taught.keys() else None


def _as_said(line: str) -> frozenset[str]:
    """The letters of the line with its slots filled in, as it is compared; an empty one where nothing is left."""
    try:
        texts = write_out(line)
    except KeyError:  # a slot nobody knows
        return frozenset({""})
    return frozenset(letters(plain(text)) for text in texts)


def _taught() -> Iterator[tuple[str, Intent]]:
    for intent in cast(tuple[Intent, ...], get_args(Intent)):
        for text in lines_of(_file_of(intent)):
            yield letters(plain(text)), intent


def _file_of(intent: Intent) -> Path:
    return DANGER_TEXT / "danger.txt" if intent == _EMERGENCY else TRAINING / f"{intent}.txt"


def _read(paths: Sequence[Path]) -> list[Marked]:
    return [
        Marked(text=line.strip(), intent=cast(Intent, path.stem))
        for path in paths
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]


def _texts_of(one: HeldOut) -> Iterator[list[str]]:
    yield from [*one.lines.values(), *one.danger.values(), *one.harmless.values()]


def _accuracy(held_out: Sequence[HeldOut]) -> float:
    asked = [(text, intent) for one in held_out for intent, texts in one.lines.items() for text in texts]
    return accuracy(examine(asked, load_model())) if asked else 0.0


def _told(judged: Sequence[Marked]) -> Iterator[str]:
    for one in judged:
        if one.fault is not None:
            yield f"未收（{_WHY[one.fault]}）：{one.intent}　{one.text}"
    added = [one for one in judged if one.fault is None]
    yield f"收入{len(added)}句，未收{len(judged) - len(added)}句。"
    yield from (f"收入：{one.intent}　{one.text}" for one in added)


if __name__ == "__main__":
    main()
