"""A fact and the place where it stands, so that the next search does not read it again."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Generic, TypeVar

from backend.bots.understanding.lexicon import lexicon

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found(Generic[T]):
    """`line[start:end]` says `value`."""

    value: T
    start: int
    end: int


def pick(line: str, candidates: Sequence[Found[T]]) -> Found[T] | None:
    """The one meant: the first, or the last where the person corrects herself."""
    if not candidates:
        return None
    return candidates[-1] if len(candidates) > 1 and _cues().search(line) else candidates[0]


def blank(line: str, spans: Sequence[Found[T]], mark: str) -> str:
    """The line of the same length with every span filled with `mark`."""
    for span in spans:
        line = line[: span.start] + mark * (span.end - span.start) + line[span.end :]
    return line


@cache
def _cues() -> re.Pattern[str]:
    return re.compile(lexicon().corrections.cues)
