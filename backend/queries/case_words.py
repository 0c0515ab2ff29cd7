"""Applications by words of a name, phone or address (docs/decisions/search.md).

What many share is met at once among the newest; what few share is found by its pieces, through the index. Which of both,
the newest thousands decide and not the planner, who would read a million rows back for words that only old cases share.
"""

import re
from dataclasses import dataclass
from itertools import count

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

# The pieces' branch comes materialized: walked back in the order of ids it would read every row for words that are rare.
_FIND = """
WITH near AS MATERIALIZED (
    SELECT application_id AS id FROM (SELECT * FROM application_search ORDER BY application_id DESC LIMIT {newest}) newest
    WHERE {holds} ORDER BY application_id DESC LIMIT $1
), rare AS MATERIALIZED (
    SELECT application_id AS id FROM application_search WHERE (SELECT count(*) FROM near) < $1 AND ({indexed})
)
SELECT id, common FROM (SELECT id, true AS common FROM near WHERE (SELECT count(*) FROM near) = $1
    UNION ALL SELECT id, false FROM rare) found ORDER BY id DESC LIMIT $2
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Writing:
    """One way the words may be written down: parts of one word, with no digit between them."""

    parts: tuple[str, ...]

    @property
    def like(self) -> str:
        return "%" + "%".join(re.sub(r"([\\%_])", r"\\\1", part) for part in self.parts) + "%"

    @property
    def pattern(self) -> str:
        return "[^0-9 ]*".join(re.sub(r"([^\w\s])", r"\\\1", part) for part in self.parts)

    @property
    def pieces(self) -> list[str]:
        """What the index holds of it."""
        return sorted({piece for part in self.parts for word in part.split() for piece in _cut(word)})


async def newest(text: str, most: int) -> list[int]:
    """The ids of the newest `most` that hold the text, newest first."""
    return [id_ for id_, _ in await _find(text, enough=most, most=most)]


async def holds(text: str) -> Q:
    """The applications that hold the text, as a condition on a list of them; a number by its beginning."""
    if text.strip().upper().startswith(NUMBER):
        return Q(number__startswith=text.strip().upper())
    found = await _find(text, enough=_COMMON, most=_FEW + 1)
    if len(found) <= _FEW and not any(common for _, common in found):
        return Q(id__in=[id_ for id_, _ in found])
    written = [Q(words__posix_regex=writing.pattern) for writing in _writings(text)]
    return Q(id__in=Subquery(ApplicationSearch.filter(Q(*written, join_type="OR")).values("application_id")))


async def _find(text: str, *, enough: int, most: int) -> list[tuple[int, bool]]:
    """Ids, newest first: `enough` of the newest cases if those hold it (common), else of all, at most `most`."""
    values: list[object] = [enough, most]
    place = count(3)
    holding, indexed = [], []
    for writing in _writings(text):
        values += [writing.like, writing.pattern, writing.pieces]
        holding.append(f"words LIKE ${next(place)} AND words ~ ${next(place)}")
        indexed.append(f"search_pieces(words) @> ${next(place)} AND {holding[-1]}")
    if not holding:
        return []
    asked = _FIND.format(newest=_NEWEST, holds=" OR ".join(holding), indexed=" OR ".join(indexed))
    return [(row["id"], row["common"]) for row in await rows(asked, *values)]


def _writings(text: str) -> list[_Writing]:
    """As it was typed, and as addresses are compared: 三号楼 is 3号楼, and after a word of the site's name its number may follow."""
    typed = text.strip().lower()
    key = addresses.key_of(typed, districts())
    site = addresses.key_of(addresses.site_name(typed, districts()), districts())
    door = key.removeprefix(site)
    compared = (site, door) if site and door != key and door else (key,)
    wanted = [(typed,)] if typed != key else []
    return [_Writing(parts=parts) for parts in (*wanted, compared) if all(parts)]


def _cut(word: str) -> set[str]:
    """Pieces side by side, the last one flush with the end: each more costs a list of the index, and the text is compared anyway."""
    size = min(len(word), _PIECE)
    places = {*range(0, len(word) - size + 1, size), len(word) - size}
    return {word[place : place + size] for place in places}
