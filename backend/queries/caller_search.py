"""Whom the hotline is talking with, found while typing: by number, phone, name or address, each through an index."""

import re
from dataclasses import dataclass

from backend.models import ConnectionApplication
from backend.queries import case_words
from backend.queries.rows import rows

MOST = 12
_SHORTEST = 2
_DIGITS = re.compile(r"\+?\d{3,15}")
_LAST = "\U0010ffff"  # behind every character

_NUMBERED = """
SELECT id FROM applications WHERE number ~>=~ $1 AND number ~<~ ($1 || $2) ORDER BY number USING ~>~ LIMIT $3
"""
_CALLERS = """
SELECT caller_phone, max(at) AS at FROM calls
WHERE caller_phone ~>=~ $1 AND caller_phone ~<~ ($1 || $2) AND application_id IS NULL
GROUP BY caller_phone ORDER BY 2 DESC LIMIT $3
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """An application, or a phone that has called without one."""

    phone: str
    number: str | None = None
    contact_name: str | None = None
    address: str | None = None
    stage: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The newest few; `more` when there are others, older ones."""

    matches: tuple[Match, ...] = ()
    more: bool = False


async def find(text: str) -> Found:
    """Whoever these words may mean; nobody for less than two characters."""
    asked = text.strip()
    if len(asked) < _SHORTEST:
        return Found()
    cases = await _cases(await _ids(asked))
    callers = await _callers(asked) if _DIGITS.fullmatch(asked) else []
    found = [*cases, *callers]
    return Found(matches=tuple(found[:MOST]), more=len(found) > MOST)


async def _ids(asked: str) -> list[int]:
    """One more than are shown."""
    if asked.upper().startswith(case_words.NUMBER):
        found = await rows(_NUMBERED, asked.upper(), _LAST, MOST + 1)
        return [row["id"] for row in found]
    return await case_words.newest(asked, MOST + 1)


async def _cases(ids: list[int]) -> list[Match]:
    known = {row.id: row for row in await ConnectionApplication.filter(id__in=ids)}
    return [
        Match(
            phone=row.contact_phone,
            number=row.number,
            contact_name=row.contact_name,
            address=row.address,
            stage=row.stage,
        )
        for row in (known[id_] for id_ in ids if id_ in known)
    ]


async def _callers(digits: str) -> list[Match]:
    return [Match(phone=row["caller_phone"]) for row in await rows(_CALLERS, digits, _LAST, MOST + 1)]
