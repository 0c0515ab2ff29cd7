"""What tries at delivery lead to, written down for several messages at once."""

import logging
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from tortoise import connections
from tortoise.transactions import in_transaction

from backend.actions import _dead_letters, receipts
from backend.actions._claims import Claim
from backend.actions._recipients import Route
from backend.actions.act import Act
from backend.models import DeliveryAttempt, SubscriptionGrant
from backend.queries.rows import rows
from backend.rules.delivery import SPENT, History, Outcome, Verdict, judge
from config.delivery import delivery
from config.messages.texts import notices

_log = logging.getLogger(__name__)
_MAY_BE_LOST = frozenset({"reminder", "digest"})

_TRY = """
INSERT INTO delivery_attempts (message_id, channel, began_at, outcome)
SELECT id, $3, $4, 'unknown' FROM outbox WHERE id = $1 AND lease = $2 AND state = 'waiting' RETURNING id
"""
_TRIED = """
INSERT INTO delivery_attempts (message_id, channel, began_at, outcome, reason, platform_id, answered_at)
SELECT *, $7 FROM unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::text[], $5::text[], $6::text[])
"""
_ANSWERED = """
UPDATE delivery_attempts AS a SET outcome = n.outcome, reason = n.reason, platform_id = n.platform_id, answered_at = $5
FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[]) AS n (id, outcome, reason, platform_id) WHERE a.id = n.id
"""
_DONE = """
UPDATE outbox AS o SET state = 'delivered', channel = n.channel, ended_at = $4
FROM unnest($1::uuid[], $2::uuid[], $3::int[]) AS n (id, lease, channel) WHERE o.id = n.id AND o.lease = n.lease
"""
_AGAIN = """
UPDATE outbox AS o SET lease = NULL, channel = n.channel, attempt_at = n.at
FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::timestamptz[]) AS n (id, lease, channel, at)
WHERE o.id = n.id AND o.lease = n.lease
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What the platform said, in our words; `platform_id` comes back in its receipt."""

    outcome: Outcome
    platform_id: str | None = None
    reason: str | None = None
    retry_after: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trip:
    """One claimed message on its way. `attempt` is the try that was noted before it was made, None where that waits for
    the answer; `ready_at` is real time.
    """

    message: Claim
    route: Route
    history: History
    ready_at: datetime
    attempt: int | None = None

    @property
    def recognised(self) -> bool:
        """Whether the platform sends a repeat of it only once."""
        return self.route.channel in delivery().deduplicated


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What becomes of one message, for whoever still holds its lease; `channel` is a place in the order."""

    message_id: UUID
    lease: UUID
    channel: int
    verdict: Verdict

    @classmethod
    def of(cls, trip: Trip, verdict: Verdict) -> "Decision":
        onward = 1 if verdict.next == "next_channel" else 0
        channel = trip.route.position + onward
        return cls(message_id=trip.message.id, lease=trip.message.lease, channel=channel, verdict=verdict)


async def earlier_tries(claims: Sequence[Claim]) -> list[DeliveryAttempt]:
    """The tries of messages that are not claimed for the first time."""
    again = [one.id for one in claims if one.attempts > 1]
    return await DeliveryAttempt.filter(message_id__in=again).order_by("id") if again else []


def history_of(row: Claim, route: Route, earlier: Sequence[DeliveryAttempt]) -> History:
    """The earlier tries of this message on the route's channel, since a person sent it anew. One that a crash cut off
    counts as unknown, or where the platform recognises repeats, not at all."""
    tries = [
        attempt
        for attempt in earlier
        if (attempt.message_id, attempt.channel) == (row.id, route.channel)
        and (row.resent_at is None or attempt.began_at >= row.resent_at)
    ]
    return History(
        channel=route.channel,
        tries=len(tries),
        unknown=sum(attempt.outcome == "unknown" for attempt in tries),
        must_arrive=notices()[row.message].kind not in _MAY_BE_LOST,
        more=route.more,
    )


async def try_note(trip: Trip, *, real_now: datetime) -> Trip | None:
    """Puts a try whose repeat nobody would recognise on record before it is made: one that a crash cuts off counts as
    unknown. None where the message is not ours any more: its lease lapsed, or a receipt settled it.

    The others are written down with their answer, which spares each a change of its row, and a commit.
    """
    if trip.recognised:
        return trip
    if trip.history.unknown:
        told = {"notice": trip.message.message, "channel": trip.route.channel}
        _log.warning("a message may arrive twice", extra=told)
    noted = await rows(_TRY, trip.message.id, trip.message.lease, trip.route.channel, real_now)
    return replace(trip, attempt=noted[0]["id"]) if noted else None


async def settle(answers: Sequence[tuple[Trip, Result]], *, act: Act) -> None:
    """Writes the outcomes, and what follows from each unless its lease lapsed and somebody else has the message by now."""
    if not answers:
        return
    told = [result.platform_id for _, result in answers if result.platform_id]
    async with in_transaction():
        await receipts.hold(told)  # before any row, as a receipt does
        await _write_answers(answers, act.real_now)
        for trip, result in answers:
            await _count_grant(trip.route, result, act.real_now)
        await write([_decide(trip, result) for trip, result in answers], act=act)
        await receipts.apply_early(told, real_now=act.real_now)
    for trip, result in answers:
        if result.outcome == "wrong":
            await _dead_letters.report(trip.message, result.reason or "", act=act)


async def write(decisions: Sequence[Decision], *, act: Act) -> None:
    """Finishes messages, or says where and when they are tried next."""
    done = [one for one in decisions if one.verdict.next == "done"]
    again = [one for one in decisions if one.verdict.next != "done"]
    run = connections.get("default").execute_query
    if done:
        await run(_DONE, [*_columns(done), act.now])
    if again:
        await run(_AGAIN, [*_columns(again), [act.real_now + one.verdict.wait for one in again]])


def _columns(decisions: Sequence[Decision]) -> list[list[UUID] | list[int]]:
    return [
        [one.message_id for one in decisions],
        [one.lease for one in decisions],
        [one.channel for one in decisions],
    ]


def _decide(trip: Trip, result: Result) -> Decision:
    verdict = judge(
        result.outcome,
        result.reason,
        trip.history,
        jitter=random.random(),  # noqa: S311  # spreads retries, guards nothing
        retry_after=result.retry_after,
        policy=delivery(),
    )
    return Decision.of(trip, verdict)


async def _write_answers(answers: Sequence[tuple[Trip, Result]], real_now: datetime) -> None:
    noted = [(trip, result) for trip, result in answers if trip.attempt]
    others = [(trip, result) for trip, result in answers if not trip.attempt]
    run = connections.get("default").execute_query
    if noted:
        await run(_ANSWERED, [[trip.attempt for trip, _ in noted], *_words(noted), real_now])
    if others:
        whose = [
            [trip.message.id for trip, _ in others],
            [trip.route.channel for trip, _ in others],
            [trip.ready_at for trip, _ in others],
        ]
        await run(_TRIED, [*whose, *_words(others), real_now])


def _words(answers: Sequence[tuple[Trip, Result]]) -> Sequence[Sequence[str | None]]:
    return [
        [result.outcome for _, result in answers],
        [result.reason for _, result in answers],
        [result.platform_id for _, result in answers],
    ]


async def _count_grant(route: Route, result: Result, real_now: datetime) -> None:
    """A message that needs a consent uses one up; that none is left is the platform's word against our count."""
    if route.grant_id is None:
        return
    grant = await SubscriptionGrant.select_for_update().get_or_none(id=route.grant_id)
    if grant is None:
        return  # withdrawn meanwhile
    if result.outcome == "accepted":
        grant.remaining = max(0, grant.remaining - 1)
    elif result.reason == SPENT:
        grant.remaining = 0
    else:
        return
    grant.updated_at = real_now
    await grant.save(update_fields=["remaining", "updated_at"])
