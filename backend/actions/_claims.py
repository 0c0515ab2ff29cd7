"""Takes due messages for this process alone, some at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import orjson

from backend.actions.act import Act
from backend.queries.rows import rows
from config.delivery import delivery

EMERGENCY = 0
"""The priority that never waits."""
_ANY = 9

_CLAIM = """
UPDATE outbox SET lease = $1, attempt_at = $2, attempts = attempts + 1
WHERE id = ANY(ARRAY(
    SELECT id FROM outbox
    WHERE state = 'waiting' AND attempt_at <= $3 AND (held_until IS NULL OR held_until <= $4) AND priority <= $5
    ORDER BY priority, attempt_at LIMIT $6 FOR UPDATE SKIP LOCKED
)) RETURNING id, lease, message, customer_id, staff_id, application_id, facts, priority, only_channel, channel, attempts,
    created_at, resent_at
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A message this process alone delivers until its lease lapses; the columns are `OutboxMessage`'s."""

    id: UUID
    lease: UUID
    message: str
    customer_id: int | None
    staff_id: int | None
    application_id: int | None
    facts: Mapping[str, Any]
    priority: int
    only_channel: str | None
    channel: int
    attempts: int
    created_at: datetime
    resent_at: datetime | None

    @property
    def urgent(self) -> bool:
        """Whether it is about an emergency."""
        return self.priority == EMERGENCY


async def claim(most: int, *, act: Act, only_emergencies: bool = False) -> list[Claim]:
    """The most urgent messages that are due, in order; a lapsed lease is anybody's."""
    until = act.real_now + timedelta(seconds=delivery().lease_seconds)
    least = EMERGENCY if only_emergencies else _ANY
    found = await rows(_CLAIM, uuid4(), until, act.real_now, act.now, least, most)
    claims = [Claim(**{**row, "facts": orjson.loads(row["facts"])}) for row in found]
    return sorted(claims, key=lambda one: (one.priority, one.created_at))
