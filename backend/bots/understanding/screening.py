"""Patterns that are not tried on a line they cannot match.

Hundreds of patterns watch every line, and nearly none of them fits. What a pattern cannot match without is read from the
pattern itself: one of 「味臭」, and 「闻」. Only where the line holds such characters is the pattern tried, so the outcome is
the pattern's own at a tenth of the time (the rules of danger took 96 µs of a line's time).
"""

import re
from collections.abc import Iterable, Sequence
from re import _parser  # type: ignore[attr-defined]  # how a pattern is built is told nowhere else
from typing import Any

_EVERYWHERE = frozenset(
    "气燃火管我家有的了不是在没一上下好报想开点装用到打都"
)  # hardly a line is without one of them
_AS_MANY = 20  # ordinary characters
Needs = tuple[frozenset[str], ...]


class Sieve:
    """Of many patterns those that may match a line. A bit stands for a pattern, its place in the order given."""

    def __init__(self, sources: Sequence[str]) -> None:
        needed = [needs(source) for source in sources]
        first, second = _places(needed, 0), _places(needed, 1)
        self._met = {letter: (first.get(letter, 0), second.get(letter, 0)) for letter in {*first, *second}}
        self._free = [_bits(place for place, one in enumerate(needed) if len(one) <= nth) for nth in (0, 1)]

    def left(self, line: str) -> list[int]:
        """The places of those that may match, in order; no other does."""
        first, second = self._free
        for character in self._met.keys() & set(line):
            met = self._met[character]
            first |= met[0]
            second |= met[1]
        both = first & second
        places = []
        while both:
            lowest = both & -both
            places.append(lowest.bit_length() - 1)
            both ^= lowest
        return places


class AnyOf:
    """Many patterns of which it only matters whether one matches."""

    def __init__(self, sources: Iterable[str]) -> None:
        parts = list(dict.fromkeys(part for source in sources for part in alternatives(source)))
        self._patterns = [re.compile(part) for part in parts]
        self._sieve = Sieve(parts)

    def matches(self, line: str) -> bool:
        """Whether one of them matches somewhere in the line."""
        return any(self._patterns[place].search(line) for place in self._sieve.left(line))


def _places(needed: Sequence[Needs], nth: int) -> dict[str, int]:
    """For each character the patterns whose need it meets."""
    met: dict[str, int] = {}
    for place, one in enumerate(needed):
        for character in one[nth] if len(one) > nth else ():
            met[character] = met.get(character, 0) | 1 << place
    return met


def _bits(places: Iterable[int]) -> int:
    return sum(1 << place for place in places)


def alternatives(source: str) -> list[str]:
    """A pattern's outermost alternatives."""
    parts, depth, start, at = [], 0, 0, 0
    in_set = False
    while at < len(source):
        character = source[at]
        if character == "\\":
            at += 1
        elif in_set:
            in_set = character != "]"
        elif character == "[":
            in_set = True
        elif character in "()":
            depth += 1 if character == "(" else -1
        elif character == "|" and depth == 0:
            parts.append(source[start:at])
            start = at + 1
        at += 1
    return [*parts, source[start:]]


def needs(source: str) -> Needs:
    """Sets of characters: every match of the pattern has one of each; the most telling set first."""
    parsed = _parser.parse(source)
    if parsed.state.flags & re.IGNORECASE:
        return ()
    return tuple(sorted(dict.fromkeys(_of_sequence(parsed)), key=_chance))


def _chance(need: frozenset[str]) -> int:
    """The lower, the fewer lines have one of them."""
    return len(need) + _AS_MANY * len(need & _EVERYWHERE)


def _of_sequence(parts: Iterable[tuple[Any, Any]]) -> list[frozenset[str]]:
    return [need for name, value in parts for need in _of_part(str(name), value)]


def _of_part(name: str, value: Any) -> list[frozenset[str]]:
    """Anchors, categories and what must not stand there need nothing that a line would have to hold."""
    needed: list[frozenset[str]] = []
    match name, value:
        case "LITERAL", code:
            needed = [frozenset(chr(code))]
        case "IN", members if all(str(kind) == "LITERAL" for kind, _ in members):
            needed = [frozenset(chr(code) for _, code in members)]
        case "SUBPATTERN", (_, flags, _, inner) if not flags & re.IGNORECASE:
            needed = _of_sequence(inner)
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT", (least, _, repeated) if least:
            needed = _of_sequence(repeated)
        case "BRANCH", (_, branches):
            needed = _of_branches([_of_sequence(branch) for branch in branches])
        case "ASSERT", (_, looked_for):
            needed = _of_sequence(looked_for)
    return needed


def _of_branches(branches: list[list[frozenset[str]]]) -> list[frozenset[str]]:
    """One of the branches matches: its most telling need, or another branch's."""
    if not all(branches):
        return []
    return [frozenset[str]().union(*(min(needed, key=_chance) for needed in branches))]
