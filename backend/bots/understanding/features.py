"""What the classifier sees of a line: short runs of characters, and the concepts its words stand for."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import add

from backend.bots.understanding import marks
from backend.bots.understanding.screening import Sieve
from backend.bots.understanding.spelling import put_right
from config.tables import Table, read

_FIGURE = re.compile(r"\d")
_HEAD, _TAIL = 200, 100


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
    kept = put_right("".join(c for c in line.lower() if c in marks.ALL or unicodedata.category(c)[0] in "LN"))
    return kept if len(kept) <= _HEAD + _TAIL else kept[:_HEAD] + kept[-_TAIL:]


def features(line: str) -> list[str]:
    """The distinct runs of one to three characters and the distinct concepts; all figures are alike."""
    return [*dict.fromkeys(occurrences(line))]


def occurrences(line: str) -> list[str]:
    """As `features`, each as often as it occurs: for who looks them up, to tell them apart first costs more than it saves."""
    text = letters(line)
    framed = _FIGURE.sub("0", f"^{text}$")
    pairs = [*map(add, framed, framed[1:])]
    known = _concepts()
    concepts = [known.names[at] for at in known.sieve.left(text) if known.words[at].search(text)]
    return [*framed, *pairs, *map(add, pairs, framed[2:]), *concepts]
