"""Delivers queued messages: claim one with a lease, call the platform outside any transaction, write down what it said."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from tortoise import connections

from backend.actions import _dead_letters, _recipients, _settlement
from backend.actions._recipients import Route
from backend.actions._settlement import Result
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
from backend.models import CaseClock, DeliveryAttempt, OutboxMessage
from backend.rules.delivery import check_again
from config.delivery import delivery
from config.messages.texts import fill, notices

_log = logging.getLogger(__name__)

_CLAIM = """
UPDATE outbox SET lease = $1, attempt_at = $2, attempts = attempts + 1
WHERE id = (
    SELECT id FROM outbox
    WHERE state = 'waiting' AND attempt_at <= $3 AND (held_until IS NULL OR held_until <= $4) AND priority <= $5
    ORDER BY priority, attempt_at LIMIT 1 FOR UPDATE SKIP LOCKED
) RETURNING id
"""
_EMERGENCY, _ANY = 0, 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A message this process alone delivers until its lease lapses."""

    message: OutboxMessage
    lease: UUID


async def deliver_next(*, now: datetime, real_now: datetime, post: PostOffice) -> bool:
    """Makes one try for one message that is due; False when none is."""
    claim = await claim_next(now=now, real_now=real_now)
    if claim is None:
        return False
    await deliver(claim, now=now, real_now=real_now, post=post)
    return True


async def claim_next(*, now: datetime, real_now: datetime, only_emergencies: bool = False) -> Claim | None:
    """The most urgent message that is due; a lapsed lease is anybody's."""
    lease = uuid4()
    until = real_now + timedelta(seconds=delivery().lease_seconds)
    least = _EMERGENCY if only_emergencies else _ANY
    rows = await connections.get("default").execute_query_dict(_CLAIM, [lease, until, real_now, now, least])
    return Claim(message=await OutboxMessage.get(id=rows[0]["id"]), lease=lease) if rows else None


async def deliver(claim: Claim, *, now: datetime, real_now: datetime, post: PostOffice) -> None:
    """Makes one try for a claimed message and writes down what came of it."""
    row, act = claim.message, Act.system(now=now, real_now=real_now)
    if await _outdated(row):
        await OutboxMessage.filter(id=row.id, lease=claim.lease).update(state="dropped", ended_at=now)
        return
    route = await _recipients.find_route(row, post, real_now=real_now)
    if route is None:
        await _dead_letters.bury(row, claim.lease, act=act)
        return
    history = await _settlement.history_of(row, route)
    verdict = check_again(history, delivery())
    if verdict is not None:
        await _settlement.write(row, route, verdict, lease=claim.lease, act=act)
        return
    if history.unknown and route.channel not in delivery().deduplicated:
        _log.warning("a message may arrive twice", extra={"notice": row.message, "channel": route.channel})
    attempt = await DeliveryAttempt.create(message_id=row.id, channel=route.channel, began_at=real_now)
    # the claim is committed: a slow platform must not hold a transaction open
    result = await _send(row, route, post)
    await _settlement.settle(row, attempt, result, route, history, lease=claim.lease, act=act)


async def _outdated(row: OutboxMessage) -> bool:
    """Whether a reminder has waited until its clock was met or paused: that clock sends nothing more (domain §3)."""
    if notices()[row.message].kind != "reminder" or "clock_id" not in row.facts:
        return False
    return not await CaseClock.exists(id=int(row.facts["clock_id"]), state__in=["running", "breached"])


async def _send(row: OutboxMessage, route: Route, post: PostOffice) -> Result:
    try:
        return Result(outcome="accepted", platform_id=await post[route.channel](_pack(row, route)))
    except TryLater as refusal:
        return Result(outcome="later", reason=refusal.reason, retry_after=refusal.retry_after)
    except OutcomeUnknown as refusal:
        return Result(outcome="unknown", reason=refusal.reason)
    except (Unreachable, BlockedUser, CodeInvalid) as refusal:
        return Result(outcome="unreachable", reason=refusal.reason)
    except (WrongData, AccountProblem) as refusal:
        return Result(outcome="wrong", reason=refusal.reason)
    except Exception as fault:  # noqa: BLE001  our own mistake in one message is told to a person; the others go on
        _log.exception("a message could not be made", extra={"notice": row.message})
        return Result(outcome="wrong", reason=type(fault).__name__)


def _pack(row: OutboxMessage, route: Route) -> Parcel:
    notice = notices()[row.message]
    body = fill(notice.body, row.facts)
    return Parcel(
        id=str(row.id),
        template=notice.template,
        title=fill(notice.title, row.facts),
        body=body,
        brief=fill(notice.brief, {**row.facts, "body": body}),
        link=row.facts["link"],
        facts=row.facts,
        at=row.created_at,
        to=route.to,
        emergency=notice.kind == "emergency",
    )
