"""Writes messages with their places in the in-app inbox, however many, in one statement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from backend.queries.rows import rows
from config.messages.texts import fill, notices

_STORE = """
WITH given AS (
    SELECT * FROM unnest($1::uuid[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[], $6::jsonb[], $7::smallint[],
        $8::text[], $9::text[], $10::timestamptz[], $11::timestamptz[], $12::timestamptz[], $13::text[], $14::text[],
        $15::text[])
    AS one (id, message, customer_id, staff_id, application_id, facts, priority, dedupe_key, only_channel, attempt_at,
        held_until, created_at, title, body, link)
), stored AS (
    INSERT INTO outbox (id, message, customer_id, staff_id, application_id, facts, priority, dedupe_key, only_channel,
        state, channel, attempts, attempt_at, held_until, created_at)
    SELECT id, message, customer_id, staff_id, application_id, facts, priority, dedupe_key, only_channel,
        'waiting', 0, 0, attempt_at, held_until, created_at FROM given
    ON CONFLICT (dedupe_key) DO NOTHING RETURNING id
), item AS (
    INSERT INTO inbox_items (message_id, customer_id, staff_id, at, title, body, link)
    SELECT id, customer_id, staff_id, created_at, title, body, link FROM given JOIN stored USING (id) WHERE $16
)
SELECT id FROM stored
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMessage:
    """A message as it will be stored, see `OutboxMessage`: making one of those costs a tenth of a millisecond."""

    id: UUID
    message: str
    facts: Mapping[str, Any]
    priority: int
    attempt_at: datetime
    created_at: datetime
    customer_id: int | None = None
    staff_id: int | None = None
    application_id: int | None = None
    dedupe_key: str | None = None
    only_channel: str | None = None
    held_until: datetime | None = None


async def store(messages: Sequence[NewMessage], *, inbox: bool = True) -> set[UUID]:
    """New messages, and the in-app inbox has each, whatever the channels do; the ids of those whose key was new.

    A twin in flight is waited for.
    """
    columns = [
        [row.id for row in messages],
        [row.message for row in messages],
        [row.customer_id for row in messages],
        [row.staff_id for row in messages],
        [row.application_id for row in messages],
        [orjson.dumps(row.facts).decode() for row in messages],
        [row.priority for row in messages],
        [row.dedupe_key for row in messages],
        [row.only_channel for row in messages],
        [row.attempt_at for row in messages],
        [row.held_until for row in messages],
        [row.created_at for row in messages],
        [fill(notices()[row.message].title, row.facts)[:100] for row in messages],
        [fill(notices()[row.message].body, row.facts) for row in messages],
        [row.facts["link"] for row in messages],
    ]
    written = await rows(_STORE, *columns, inbox)
    return {one["id"] for one in written}
