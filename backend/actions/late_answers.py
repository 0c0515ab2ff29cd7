"""Answers that come after the platform's patience: the message is noted at once, its answer follows as a message of its own."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from tortoise import connections
from tortoise.transactions import in_transaction

from backend.actions import _outbox
from backend.actions.act import Act
from backend.models import LateMessage, TakenMessage, WechatIdentity

_NOTE = """
INSERT INTO late_messages (app, key, heard, due_at, attempts) VALUES ($1, $2, $3, $4, 0)
ON CONFLICT (app, key) DO NOTHING
"""
# The row's time is moved on before the message is answered again: it is the lease, and the next try if this process dies.
_CLAIM = """
UPDATE late_messages SET due_at = $1, attempts = attempts + 1
WHERE id = (
    SELECT id FROM late_messages WHERE answered_at IS NULL AND due_at <= $2 AND attempts < 20
    ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED
) RETURNING heard
"""
_OWN_TIME = timedelta(seconds=20)  # whoever noted it is likely to finish it by then
_LEASE = timedelta(seconds=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One inbound message."""

    app: str
    openid: str
    key: str


async def note(message: Key, heard: Mapping[str, Any], *, real_now: datetime) -> None:
    """Its answer will follow, whatever becomes of this process. In a short transaction of its own."""
    await connections.get("default").execute_query(
        _NOTE, [message.app, message.key, json.dumps(dict(heard)), real_now + _OWN_TIME]
    )


async def claim_next(*, real_now: datetime) -> Mapping[str, Any] | None:
    """A message whose answer is overdue, to be answered again by this process; None when there is none."""
    rows = await connections.get("default").execute_query_dict(_CLAIM, [real_now + _LEASE, real_now])
    return cast("Mapping[str, Any]", json.loads(rows[0]["heard"])) if rows else None


async def settle(message: Key, *, now: datetime, real_now: datetime) -> None:
    """Sends the stored answer of a noted message, once. Nothing happens where it is not noted, or not answered yet."""
    async with in_transaction():
        row = (
            await LateMessage.filter(app=message.app, key=message.key, answered_at=None)
            .select_for_update()
            .first()
        )
        taken = await TakenMessage.get_or_none(app=message.app, key=message.key)
        if row is None or taken is None:
            return
        row.answered_at = real_now
        await row.save(update_fields=["answered_at"])
        person = await WechatIdentity.get_or_none(app=message.app, openid=message.openid)
        if taken.answer is not None and person is not None:
            letter = _outbox.Letter(
                message="chat_answer",
                facts={"text": taken.answer},
                only="customer_service",
                inbox=False,
            )
            await _outbox.queue(
                letter, act=Act.system(now=now, real_now=real_now), customer_id=person.customer_id
            )


async def forget_old(*, real_now: datetime) -> int:
    """Removes what was answered more than a week ago; returns how many."""
    return await LateMessage.filter(answered_at__lt=real_now - timedelta(days=7)).delete()
