"""One answer per `Idempotency-Key`: the first is stored in the transaction of what it answers."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tortoise import connections
from tortoise.transactions import in_transaction

from backend.models import IdempotentAnswer
from backend.rules.errors import IdempotencyKeyReused

KEPT = timedelta(days=7)  # the contract's; counted on the real clock

_CLAIM = """
INSERT INTO idempotent_answers (scope, key, body_digest, created_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (scope, key) DO UPDATE SET body_digest = excluded.body_digest, status = NULL, answer = NULL,
    created_at = excluded.created_at
WHERE idempotent_answers.created_at < $5
RETURNING id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """Who sent which key with which body; `scope` is the caller and the route."""

    scope: str
    key: str
    body_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A status and its JSON body."""

    status: int
    body: Any


async def once(key: Key, perform: Callable[[], Awaitable[Answer]], *, real_now: datetime) -> Answer:
    """Performs once per key and gives every repeat the first answer; a concurrent twin waits for it.

    A refusal rolls back and is not stored. Raises IdempotencyKeyReused when the key came with another body.
    """
    async with in_transaction():
        claimed = await connections.get("default").execute_query_dict(
            _CLAIM, [key.scope, key.key, key.body_digest, real_now, real_now - KEPT]
        )
        row = await IdempotentAnswer.get(scope=key.scope, key=key.key)
        if not claimed:
            if row.body_digest != key.body_digest:
                raise IdempotencyKeyReused
            return Answer(status=row.status or 0, body=row.answer)
        answer = await perform()
        row.status, row.answer = answer.status, answer.body
        await row.save(update_fields=["status", "answer"])
        return answer


async def forget_old(*, real_now: datetime) -> int:
    """Removes answers whose time is over; returns how many."""
    return await IdempotentAnswer.filter(created_at__lt=real_now - KEPT).delete()
