"""Where in a TOML file a value stands, for whoever has to mend it."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"\s*([\w.\"'-]+)\s*=")
_FENCES = ('"""', "'''")

Place = tuple[str | int, ...]


def line_of(text: str, place: Sequence[str | int]) -> int | None:
    """The line, from 1 on, of the value at `place` (keys, and indexes in arrays of tables), or of the nearest thing
    round it; None when not even that is in the file."""
    best, best_line = 0, None
    for number, found in _places(text):
        common = _shared(found, place)
        if common == len(found) and common > best:
            best, best_line = common, number
    return best_line


def _places(text: str) -> Iterator[tuple[int, Place]]:
    """Every table header and key with its line."""
    table: Place = ()
    counted: Counter[str] = Counter()
    fence = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if fence:
            fence = "" if fence in line else fence
            continue
        header = _HEADER.match(line)
        if header and "=" not in header[2]:
            table = _keys(header[2])
            if header[1] == "[[":
                table += (counted[header[2]],)
                counted[header[2]] += 1
            yield number, table
            continue
        key = _KEY.match(line)
        if key:
            yield number, table + _keys(key[1])
        fence = next((mark for mark in _FENCES if line.count(mark) % 2), "")


def _keys(dotted: str) -> Place:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))


def _shared(found: Place, place: Sequence[str | int]) -> int:
    pairs = zip(found, place, strict=False)
    return next(
        (index for index, (own, other) in enumerate(pairs) if own != other), min(len(found), len(place))
    )
