"""Delivers queued messages: claim one with a lease, call the platform outside any transaction, write down what it said."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from tortoise import connections
from tortoise.transactions import in_transaction

from backend.actions import _dead_letters, _recipients
from backend.actions.act import Act
from backend.gateways.post import Parcel, PostOffice
from backend.gateways.wechat.refusals import (
    AccountProblem,
    BlockedUser,
    CodeInvalid,
    OutcomeUnknown,
    TryLater,
    Unreachable,
    WrongData,
)
from backend.models import DeliveryAttempt, OutboxMessage
from backend.rules.delivery import Outcome, judge
from config.delivery import delivery
from config.messages.texts import fill, notices

_CLAIM = """
UPDATE outbox SET lease = $1, attempt_at = $2, attempts = attempts + 1
WHERE id = (
    SELECT id FROM outbox
    WHERE state = 'waiting' AND attempt_at <= $3 AND (held_until IS NULL OR held_until <= $4)
    ORDER BY priority, attempt_at LIMIT 1 FOR UPDATE SKIP LOCKED
) RETURNING id
"""
_MAY_BE_LOST = frozenset({"reminder", "digest"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Result:
    outcome: Outcome
    platform_id: str | None = None
    reason: str | None = None
    retry_after: timedelta | None = None


async def deliver_next(*, now: datetime, real_now: datetime, post: PostOffice) -> bool:
    """Makes one try for one message that is due; False when none is. A lapsed lease is anybody's."""
    lease = uuid4()
    row = await _claim(lease, now, real_now)
    if row is None:
        return False
    act = Act.system(now=now, real_now=real_now)
    channel = await _recipients.channel_of(row, post)
    if channel is None:
        await _dead_letters.bury(row, act=act)
        return True
    attempt = await DeliveryAttempt.create(message_id=row.id, channel=channel, began_at=real_now)
    # the claim is committed: a slow platform must not hold a transaction open
    result = await _send(row, channel, post)
    await _settle(row, attempt, result, lease, act)
    return True


async def _claim(lease: UUID, now: datetime, real_now: datetime) -> OutboxMessage | None:
    until = real_now + timedelta(seconds=delivery().lease_seconds)
    rows = await connections.get("default").execute_query_dict(_CLAIM, [lease, until, real_now, now])
    return await OutboxMessage.get(id=rows[0]["id"]) if rows else None


async def _send(row: OutboxMessage, channel: str, post: PostOffice) -> _Result:
    notice = notices()[row.message]
    parcel = Parcel(
        id=str(row.id),
        template=notice.template,
        title=fill(notice.title, row.facts),
        body=fill(notice.body, row.facts),
        link=row.facts["link"],
        facts=row.facts,
        to=await _recipients.addresses_of(row),
        emergency=notice.kind == "emergency",
    )
    try:
        return _Result(outcome="accepted", platform_id=await post[channel](parcel))  # type: ignore[index]  # channel_of gives only keys of post
    except TryLater as refusal:
        return _Result(outcome="later", reason=refusal.reason, retry_after=refusal.retry_after)
    except OutcomeUnknown as refusal:
        return _Result(outcome="unknown", reason=refusal.reason)
    except (Unreachable, BlockedUser, CodeInvalid) as refusal:
        return _Result(outcome="unreachable", reason=refusal.reason)
    except (WrongData, AccountProblem) as refusal:
        return _Result(outcome="wrong", reason=refusal.reason)


async def _settle(
    row: OutboxMessage, attempt: DeliveryAttempt, result: _Result, lease: UUID, act: Act
) -> None:
    """Writes the outcome, unless the lease lapsed and somebody else has the message by now."""
    tries = await DeliveryAttempt.filter(message_id=row.id, channel=attempt.channel).count()
    verdict = judge(
        result.outcome,
        channel=attempt.channel,
        tries=tries,
        must_arrive=notices()[row.message].kind not in _MAY_BE_LOST,
        jitter=random.random(),  # noqa: S311  # spreads retries, guards nothing
        policy=delivery(),
    )
    async with in_transaction():
        attempt.outcome, attempt.reason, attempt.platform_id = (
            result.outcome,
            result.reason,
            result.platform_id,
        )
        await attempt.save()
        mine = OutboxMessage.filter(id=row.id, lease=lease)
        if verdict.next == "done":
            await mine.update(state="delivered", ended_at=act.now)
        elif verdict.next == "next_channel":
            await mine.update(channel=row.channel + 1, attempt_at=act.real_now, lease=None)
        else:
            wait = max(verdict.wait, result.retry_after or timedelta(0))
            await mine.update(attempt_at=act.real_now + wait, lease=None)
    if result.outcome == "wrong":
        await _dead_letters.report(row, result.reason or "", act=act)
