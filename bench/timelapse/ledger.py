"""What was pushed, as the outbox wrote it down, and what is still to come."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

import asyncpg
import orjson

_SENT = """
SELECT a.id, a.channel, o.message, o.facts, coalesce(greatest(o.created_at, o.held_until), o.created_at) AS at,
       i.title, i.body, coalesce(s.name, c.name, '') AS name, s.roles, k.kind AS clock, p.number AS number
FROM delivery_attempts a JOIN outbox o ON o.id = a.message_id
LEFT JOIN inbox_items i ON i.message_id = o.id
LEFT JOIN staff s ON s.id = o.staff_id LEFT JOIN customers c ON c.id = o.customer_id
LEFT JOIN clocks k ON k.id = (o.facts->>'clock_id')::bigint
LEFT JOIN applications p ON p.id = o.application_id
WHERE a.outcome = 'accepted' AND a.id > $1 ORDER BY a.id
"""
_DUE = """
SELECT (SELECT count(*) FROM outbox WHERE state = 'waiting' AND (held_until IS NULL OR held_until <= $1))
     + (SELECT count(*) FROM reminders WHERE state = 'waiting' AND due_at <= $1)
     + (SELECT count(*) FROM pauses WHERE ended_at IS NULL AND until <= $1)
"""
_NEXT = """
SELECT min(at) FROM (
    SELECT due_at AS at FROM reminders WHERE state = 'waiting'
    UNION ALL SELECT held_until FROM outbox WHERE state = 'waiting'
    UNION ALL SELECT until FROM pauses WHERE ended_at IS NULL) AS coming
WHERE at > $1
"""
_TOTALS = """
SELECT (SELECT count(*) FROM delivery_attempts WHERE outcome = 'accepted' AND channel <> 'sms') AS sent,
       (SELECT count(*) FROM outbox WHERE state IN ('waiting', 'dead')) AS lost,
       (SELECT count(*) FROM outbox WHERE state = 'called_back') AS called
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Push:
    """One message that a platform took. `at` is the regulation's time, `clock` the kind of clock it is about."""

    at: datetime
    message: str
    channel: str
    name: str
    roles: tuple[str, ...]
    title: str
    body: str
    clock: str | None
    number: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Pushes the platform took, messages nobody has (yet), and those that became a call of the hotline."""

    sent: int
    lost: int
    called: int


class Ledger:
    """Reads the service's database; writes nothing."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._read = 0

    @classmethod
    async def open(cls, database_url: str) -> Self:
        return cls(await asyncpg.connect(database_url.replace("asyncpg://", "postgresql://", 1)))

    async def new_pushes(self) -> list[Push]:
        """Those since the last time it was asked."""
        rows = await self._connection.fetch(_SENT, self._read)
        self._read = rows[-1]["id"] if rows else self._read
        return [_push(row) for row in rows]

    async def is_quiet(self, now: datetime) -> bool:
        """Whether nothing that is due waits any more."""
        return not await self._connection.fetchval(_DUE, now)

    async def next_due(self, after: datetime) -> datetime | None:
        """When the next reminder, held message or wished hour comes."""
        at: datetime | None = await self._connection.fetchval(_NEXT, after)
        return at

    async def totals(self) -> Totals:
        return Totals(**dict(await self._connection.fetchrow(_TOTALS)))

    async def close(self) -> None:
        await self._connection.close()


def _push(row: Mapping[str, Any]) -> Push:
    facts = orjson.loads(row["facts"])
    return Push(
        at=row["at"],
        message=row["message"],
        channel=row["channel"],
        name=row["name"] or facts.get("contact_name", ""),
        roles=tuple(row["roles"] or ()),
        title=row["title"] or "",
        body=row["body"] or "",
        clock=row["clock"],
        number=row["number"] or facts.get("number"),
    )
