"""What one try at delivery leads to, written down."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from tortoise.transactions import in_transaction

from backend.actions import _dead_letters, receipts
from backend.actions._recipients import Route
from backend.actions.act import Act
from backend.models import DeliveryAttempt, OutboxMessage, SubscriptionGrant
from backend.rules.delivery import SPENT, History, Outcome, Verdict, judge
from config.delivery import delivery
from config.messages.texts import notices

_MAY_BE_LOST = frozenset({"reminder", "digest"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What the platform said, in our words; `platform_id` comes back in its receipt."""

    outcome: Outcome
    platform_id: str | None = None
    reason: str | None = None
    retry_after: timedelta | None = None


async def history_of(row: OutboxMessage, route: Route) -> History:
    """The earlier tries of this message on the route's channel, since a person sent it anew; one that a crash cut off
    counts as unknown."""
    tries = DeliveryAttempt.filter(message_id=row.id, channel=route.channel)
    earlier = await (tries.filter(began_at__gte=row.resent_at) if row.resent_at else tries)
    return History(
        channel=route.channel,
        tries=len(earlier),
        unknown=sum(attempt.outcome == "unknown" for attempt in earlier),
        must_arrive=notices()[row.message].kind not in _MAY_BE_LOST,
        more=route.more,
    )


async def settle(
    row: OutboxMessage,
    attempt: DeliveryAttempt,
    result: Result,
    route: Route,
    history: History,
    *,
    lease: UUID,
    act: Act,
) -> None:
    """Writes the outcome, and what follows from it unless the lease lapsed and somebody else has the message by now."""
    verdict = judge(
        result.outcome,
        result.reason,
        history,
        jitter=random.random(),  # noqa: S311  # spreads retries, guards nothing
        retry_after=result.retry_after,
        policy=delivery(),
    )
    async with in_transaction():
        if result.platform_id:  # before any row, as a receipt does
            await receipts.hold(result.platform_id)
        attempt.outcome, attempt.reason = result.outcome, result.reason
        attempt.platform_id = result.platform_id
        await attempt.save()
        await _count_grant(route, result, act.real_now)
        await write(row, route, verdict, lease=lease, act=act)
        if result.platform_id:
            await receipts.apply_early(result.platform_id, real_now=act.real_now)
    if result.outcome == "wrong":
        await _dead_letters.report(row, result.reason or "", act=act)


async def write(row: OutboxMessage, route: Route, verdict: Verdict, *, lease: UUID, act: Act) -> None:
    """Finishes the message, or says where and when it is tried next."""
    mine = OutboxMessage.filter(id=row.id, lease=lease)
    if verdict.next == "done":
        await mine.update(state="delivered", channel=route.position, ended_at=act.now)
    elif verdict.next == "next_channel":
        await mine.update(channel=route.position + 1, attempt_at=act.real_now, lease=None)
    else:
        await mine.update(channel=route.position, attempt_at=act.real_now + verdict.wait, lease=None)


async def _count_grant(route: Route, result: Result, real_now: datetime) -> None:
    """A message that needs a consent uses one up; that none is left is the platform's word against our count."""
    if route.grant_id is None:
        return
    grant = await SubscriptionGrant.select_for_update().get(id=route.grant_id)
    if result.outcome == "accepted":
        grant.remaining = max(0, grant.remaining - 1)
    elif result.reason == SPENT:
        grant.remaining = 0
    else:
        return
    grant.updated_at = real_now
    await grant.save(update_fields=["remaining", "updated_at"])
