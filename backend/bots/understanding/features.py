"""What the classifiers see of a line: short runs of characters, and the concepts its words stand for; the classifier of
wishes sees more, what stands near what and in which order the concepts come.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from operator import add

from backend.bots.understanding import marks
from backend.bots.understanding.screening import Sieve
from backend.bots.understanding.spelling import put_right, word_signs
from config.tables import Table, read

_FIGURE = re.compile(r"\d")
_HEAD, _TAIL = 200, 100
_NEAR = 7  # so many places further on a character still stands beside another
_WORD = re.compile(r"[a-z]{2,}")


class Concepts(Table):
    """Name of a concept and its words, as alternatives of a regular expression."""

    concepts: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Concepts:
    names: tuple[str, ...]
    words: tuple[re.Pattern[str], ...]
    sieve: Sieve


@cache
def _concepts() -> _Concepts:
    concepts = read("assistant/concepts.toml", Concepts).concepts
    return _Concepts(
        names=tuple(f"<{name}>" for name in concepts),
        words=tuple(map(re.compile, concepts.values())),
        sieve=Sieve([*concepts.values()]),
    )


@lru_cache(maxsize=128)  # one message and its clauses are read ten times on their way
def letters(line: str) -> str:
    """Well spelled, lower case, without spaces, punctuation and emoji; of a long line its beginning and its end."""
    kept = put_right("".join(filter(_is_told, line.lower())))
    return kept if len(kept) <= _HEAD + _TAIL else kept[:_HEAD] + kept[-_TAIL:]


@lru_cache(maxsize=4096)  # characters
def _is_told(character: str) -> bool:
    return unicodedata.category(character)[0] in "LN" or character in marks.ALL or character in word_signs()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """A line, the same between two ends and with all figures alike, and the places of the concepts in it."""

    text: str
    framed: str
    concepts: list[int]


def features(line: str) -> list[str]:
    """The distinct runs of one to three characters and the distinct concepts; all figures are alike."""
    return [*dict.fromkeys(occurrences(line))]


def wide_features(line: str) -> list[str]:
    """`features`, any two characters that stand near each other, two and three in a row of what is left when words make
    way for their concepts, and words in Latin letters. On phrasing families held out they are worth one line in a hundred.
    """
    return [*dict.fromkeys(wide_occurrences(line))]


def occurrences(line: str) -> list[str]:
    """As `features`, each as often as it occurs: for who looks them up, to tell them apart first costs more than it saves."""
    return _runs(_see(letters(line)))


def wide_occurrences(line: str) -> list[str]:
    """As `wide_features`, each as often as it occurs."""
    seen = _see(letters(line))
    framed = seen.framed
    near = [
        f"{one}&{other}" if one < other else f"{other}&{one}"
        for distance in range(1, _NEAR + 1)
        for one, other in zip(framed, framed[distance:], strict=False)
    ]
    row = _with_concepts(seen)
    pairs = [f"{one}|{other}" for one, other in pairwise(row)]
    threes = [f"{pair}|{third}" for pair, third in zip(pairs, row[2:], strict=False)]
    words = [f"w:{word}" for word in _WORD.findall(line.lower())]
    return [*_runs(seen), *near, *pairs, *threes, *words]


@lru_cache(maxsize=16)  # the readers of danger, wishes and pages see the same letters
def _see(text: str) -> _Seen:
    known = _concepts()
    return _Seen(
        text=text,
        framed=_FIGURE.sub("0", f"^{text}$"),
        concepts=[at for at in known.sieve.left(text) if known.words[at].search(text)],
    )


def _runs(seen: _Seen) -> list[str]:
    framed, names = seen.framed, _concepts().names
    pairs = [*map(add, framed, framed[1:])]
    return [*framed, *pairs, *map(add, pairs, framed[2:]), *(names[at] for at in seen.concepts)]


def _with_concepts(seen: _Seen) -> list[str]:
    """The characters one by one, each word of a concept as one piece: the earlier word before the later, the longer
    before the shorter.
    """
    known = _concepts()
    spans = sorted(
        (match.start() + 1, -match.end() - 1, known.names[at])
        for at in seen.concepts
        for match in known.words[at].finditer(seen.text)
    )
    row: list[str] = []
    at = 0
    for start, minus_end, name in spans:
        if start >= at:
            row += [*seen.framed[at:start], name]
            at = -minus_end
    return [*row, *seen.framed[at:]]
