"""What the classifier sees of a line: short runs of characters, and the concepts its words stand for."""

import re
import unicodedata
from functools import cache

from backend.bots.understanding import marks
from backend.bots.understanding.spelling import put_right
from config.tables import Table, read

_LONGEST_RUN = 3
_FIGURE = re.compile(r"\d")
_HEAD, _TAIL = 200, 100


class Concepts(Table):
    """Name of a concept and its words, as alternatives of a regular expression."""

    concepts: dict[str, str]


@cache
def _concepts() -> tuple[tuple[str, re.Pattern[str]], ...]:
    table = read("assistant/concepts.toml", Concepts)
    return tuple((name, re.compile(words)) for name, words in table.concepts.items())


def letters(line: str) -> str:
    """Well spelled, lower case, without spaces, punctuation and emoji; of a long line its beginning and its end."""
    kept = put_right("".join(c for c in line.lower() if c in marks.ALL or unicodedata.category(c)[0] in "LN"))
    return kept if len(kept) <= _HEAD + _TAIL else kept[:_HEAD] + kept[-_TAIL:]


def features(line: str) -> list[str]:
    """The distinct runs of one to three characters and the distinct concepts; all figures are alike."""
    text = letters(line)
    framed = _FIGURE.sub("0", f"^{text}$")
    runs = {
        framed[at : at + size] for size in range(1, _LONGEST_RUN + 1) for at in range(len(framed) - size + 1)
    }
    return [*sorted(runs), *(f"<{name}>" for name, words in _concepts() if words.search(text))]
