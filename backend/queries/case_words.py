"""Applications by words of a name, phone or address (docs/decisions/search.md).

What many share is met at once among the newest; what few share is found by its pieces, through the index. Which of both,
the newest thousands decide and not the planner, who would read a million rows back for words that only old cases share.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from typing import TypeAlias

from tortoise.expressions import Q, Subquery

from backend.models import ApplicationSearch
from backend.queries.rows import rows
from backend.rules import addresses
from config.districts import districts

NUMBER = "XZ"
"""What every application's number begins with: by numbers one looks elsewhere."""
_PIECE = 4  # signs, the longest the index holds
_NEWEST = 4000  # cases looked through first, in a millisecond or two
_COMMON = 40  # of them: one case in a hundred holds the words
_FEW = 1000  # ids that a list's question may name

_Comparison: TypeAlias = list[tuple[str, object]]
"""What has to be true of a row, with the value of each `?`."""
_NEAR = """
SELECT application_id AS id FROM (SELECT * FROM application_search ORDER BY application_id DESC LIMIT {newest}) newest
WHERE {holds} ORDER BY application_id DESC LIMIT $1
"""
# `+ 0`: walked back in the order of ids, every row would be read for words that are rare.
_RARE = """
SELECT application_id AS id FROM application_search WHERE {holds} ORDER BY application_id + 0 DESC LIMIT $1
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Writing:
    """One way the words may be written down: parts of one word, with no digit between them."""

    parts: tuple[str, ...]

    @property
    def comparison(self) -> _Comparison:
        like = "%" + "%".join(re.sub(r"([\\%_])", r"\\\1", part) for part in self.parts) + "%"
        return [("words LIKE ?", like), *([("words ~ ?", self._pattern)] if len(self.parts) > 1 else [])]

    @property
    def condition(self) -> Q:
        """The same for a list's question."""
        held = [Q(words__contains=part) for part in self.parts]
        return Q(*held, Q(words__posix_regex=self._pattern)) if len(held) > 1 else held[0]

    @property
    def pieces(self) -> list[str]:
        """What the index holds of it."""
        return sorted({piece for part in self.parts for word in part.split() for piece in _cut(word)})

    @property
    def _pattern(self) -> str:
        return "[^0-9 ]*".join(re.sub(r"([^\w\s])", r"\\\1", part) for part in self.parts)


async def newest(text: str, most: int) -> list[int]:
    """The ids of the newest `most` that hold the text, newest first."""
    writings = _writings(text)
    near = await _near(writings, most)
    return near if len(near) == most else await _by_pieces(writings, most)


async def holds(text: str) -> Q:
    """The applications that hold the text, as a condition on a list of them; a number by its beginning."""
    if text.strip().upper().startswith(NUMBER):
        return Q(number__startswith=text.strip().upper())
    writings = _writings(text)
    if not writings:
        return Q()
    if len(await _near(writings, _COMMON)) < _COMMON:
        found = await _by_pieces(writings, _FEW + 1)
        if len(found) <= _FEW:
            return Q(id__in=found)
    written = Q(*(writing.condition for writing in writings), join_type="OR")
    return Q(id__in=Subquery(ApplicationSearch.filter(written).values("application_id")))


async def _near(writings: Sequence[_Writing], most: int) -> list[int]:
    """Ids among the newest cases, newest first."""
    return await _ids(_NEAR, [writing.comparison for writing in writings], most)


async def _by_pieces(writings: Sequence[_Writing], most: int) -> list[int]:
    """Ids among all cases, newest first."""
    indexed = [("search_pieces(words) @> ?", writing.pieces) for writing in writings]
    return await _ids(
        _RARE, [[one, *writing.comparison] for one, writing in zip(indexed, writings, strict=True)], most
    )


async def _ids(statement: str, ways: Sequence[_Comparison], most: int) -> list[int]:
    """Of rows for which all of one of the ways is true."""
    if not ways:
        return []
    places = count(2)
    true = " OR ".join(" AND ".join(text.replace("?", f"${next(places)}") for text, _ in way) for way in ways)
    values = [value for way in ways for _, value in way]
    found = await rows(statement.format(newest=_NEWEST, holds=true), most, *values)
    return [row["id"] for row in found]


def _writings(text: str) -> list[_Writing]:
    """As addresses are compared: 三号楼 is 3号楼, and after a word of the site's name its number may follow; and as it was
    typed, for a name may hold a numeral."""
    typed = text.strip().lower()
    plain, key = addresses.plain(typed, districts()), addresses.key_of(typed, districts())
    site = addresses.key_of(addresses.site_name(typed, districts()), districts())
    door = key.removeprefix(site)
    compared = (site, door) if site and door and door != key else (key,)
    begins_with_town = key and len(plain) < len("".join(typed.split()))
    wanted = [compared] if begins_with_town or typed == key else [(typed,), compared]
    return [_Writing(parts=parts) for parts in wanted if all(parts)]


def _cut(word: str) -> set[str]:
    """Pieces side by side, the last one flush with the end: each more costs a list of the index, and the text is compared anyway."""
    size = min(len(word), _PIECE)
    places = {*range(0, len(word) - size + 1, size), len(word) - size}
    return {word[place : place + size] for place in places}
