"""Whether a phrased answer still says what the company wrote: the same figures, nothing promised, nothing invented."""

import re
from functools import cache

from config.language_model import language_model

_FIGURE = re.compile(
    r"§[\d.\-]+|\d+(?:[.:：]\d+)*|[零一二两三四五六七八九十百千半]+(?=个?(?:天|日|小时|分钟|米|元|块|年|月|周|户|次|份|立方|折|成|%|工作日))"
)
_HAN = re.compile("[\u4e00-\u9fff]+")
_FOREIGN = re.compile(r"[<>{}〔〕\[\]`]|https?:|www\.|[A-Za-z]{4,}")
_LONGEST = 1.5  # times the source
_LEAST_SHARED = 0.5  # of the pairs of characters


def is_faithful(said: str, source: str) -> bool:
    """Figures, telephone numbers, hours and clauses are the same set, negations the same count, half the words its own."""
    if len(said) > _LONGEST * len(source) or _FOREIGN.search(said):
        return False
    if set(_FIGURE.findall(said)) != set(_FIGURE.findall(source)):
        return False
    if len(_words().negations.findall(said)) != len(_words().negations.findall(source)):
        return False
    promised = set(_words().promises.findall(said)) - set(_words().promises.findall(source))
    return not promised and _shared(said, source) >= _LEAST_SHARED


def _shared(said: str, source: str) -> float:
    """The share of neighbouring characters that stand in the source too."""
    pairs, own = _pairs(said), set(_pairs(source))
    return sum(pair in own for pair in pairs) / len(pairs) if pairs else 0.0


def _pairs(text: str) -> list[str]:
    return [run[place : place + 2] for run in _HAN.findall(text) for place in range(len(run) - 1)]


class _Words:
    def __init__(self) -> None:
        rules = language_model()
        self.promises, self.negations = re.compile(rules.promises), re.compile(rules.negations)


@cache
def _words() -> _Words:
    return _Words()
