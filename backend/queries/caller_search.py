"""Whom the hotline is talking with, found while typing: by number, phone, name or address, each through an index."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tortoise import connections

from backend.models import ConnectionApplication
from backend.queries.staff_cases import holds
from backend.rules import addresses
from config.districts import districts

MOST = 12
_SHORTEST = 2
_DIGITS = re.compile(r"\+?\d{3,15}")
_LAST = "\U0010ffff"  # behind every character

# Numerals in one writing, so that 三号楼 is 3号楼. A word inside a site's name finds the site: there are few of them; what
# follows its name narrows its applications. Ranges instead of LIKE, and `id + 0`: a prepared statement's plan then goes by
# the address's index and does not walk back through every application (280 ms among 100,000, now one).
_BY_ADDRESS = """
(SELECT id FROM applications WHERE address_key ~>=~ $1 AND address_key ~<~ ($1 || $2) ORDER BY id + 0 DESC LIMIT $3)
UNION
SELECT a.id FROM (SELECT key FROM sites WHERE key LIKE '%' || $4 || '%' ORDER BY id DESC LIMIT 20) s
CROSS JOIN LATERAL (
    SELECT id FROM applications WHERE address_key ~>=~ (s.key || $5) AND address_key ~<~ (s.key || $5 || $2)
    ORDER BY id + 0 DESC LIMIT $3
) a
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


async def find(text: str) -> tuple[Match, ...]:
    """The newest few with these words; nothing for less than two characters."""
    asked = "".join(text.split())
    if len(asked) < _SHORTEST:
        return ()
    found = {
        row.id: row for row in await ConnectionApplication.filter(holds(asked)).order_by("-id").limit(MOST)
    }
    if _DIGITS.fullmatch(asked):
        return (*_matches(found), *await _callers(asked))[:MOST]
    return _matches(found | {row.id: row for row in await _by_address(asked)})


async def _by_address(asked: str) -> Sequence[ConnectionApplication]:
    key = addresses.key_of(asked, districts())
    site = addresses.key_of(addresses.site_name(asked, districts()), districts())
    part = re.sub(r"([\\%_])", r"\\\1", site)
    values = [key, _LAST, MOST, part, key.removeprefix(site)]
    rows = await connections.get("default").execute_query_dict(_BY_ADDRESS, values)
    return await ConnectionApplication.filter(id__in=[row["id"] for row in rows])


def _matches(found: Mapping[int, ConnectionApplication]) -> tuple[Match, ...]:
    newest = sorted(found.values(), key=lambda row: -row.id)[:MOST]
    return tuple(
        Match(
            phone=row.contact_phone,
            number=row.number,
            contact_name=row.contact_name,
            address=row.address,
            stage=row.stage,
        )
        for row in newest
    )


async def _callers(digits: str) -> tuple[Match, ...]:
    rows = await connections.get("default").execute_query_dict(_CALLERS, [digits, _LAST, MOST])
    return tuple(Match(phone=row["caller_phone"]) for row in rows)
