"""Delivers queued messages: claims some with a lease, calls the platform outside any transaction, writes down what it said."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from backend.actions import _claims, _dead_letters, _recipients, _settlement, receipts
from backend.actions._claims import Claim
from backend.actions._recipients import Route
from backend.actions._settlement import Decision, Result, Trip
from backend.actions.act import Act
from backend.gateways.post import Channel, Pace, Parcel, PostOffice
from backend.gateways.wechat.refusals import (
    AccountProblem,
    BlockedUser,
    CodeInvalid,
    OutcomeUnknown,
    TryLater,
    Unreachable,
    WrongData,
)
from backend.models import OutboxMessage
from backend.queries.rows import rows
from backend.rules.delivery import await_turn, check_again
from config.delivery import delivery
from config.messages.texts import fill, notices

__all__ = ["Claim", "Result", "Trip", "claim", "deliver_next", "prepare", "send", "settle", "try_note"]

claim, settle, try_note = _claims.claim, _settlement.settle, _settlement.try_note

_log = logging.getLogger(__name__)

_STILL_RUNNING = "SELECT id FROM clocks WHERE id = ANY($1) AND state IN ('running', 'breached')"


async def deliver_next(*, now: datetime, real_now: datetime, post: PostOffice, pace: Pace) -> bool:
    """Makes one try for one message that is due; False when none is."""
    act = Act.system(now=now, real_now=real_now)
    claims = await claim(1, act=act)
    trips = await prepare(claims, act=act, post=post, pace=pace)
    noted = [await try_note(trip, real_now=real_now) for trip in trips]
    await settle([(trip, await send(trip, post, pace)) for trip in noted if trip], act=act)
    return bool(claims)


async def prepare(claims: Sequence[Claim], *, act: Act, post: PostOffice, pace: Pace) -> list[Trip]:
    """Finds each message its way; what is not to be sent now is dropped, buried or put off."""
    going = await _leave_out_outdated(claims, act)
    routes = await _recipients.find_routes(going, post, real_now=act.real_now)
    earlier = await _settlement.earlier_tries(going)
    trips, decided = [], []
    for one in going:
        route = routes[one.id]
        if route is None:
            await _dead_letters.bury(one, act=act)
            continue
        history = _settlement.history_of(one, route, earlier)
        trip = Trip(message=one, route=route, history=history, ready_at=act.real_now)
        if await _has_arrived(trip, act):
            continue
        verdict = check_again(trip.history, delivery())
        if verdict is not None:
            decided.append(Decision.of(trip, verdict))
        else:
            trips.append(trip)
    ready, put_off = await _take_turns(trips, pace)
    await _settlement.write([*decided, *put_off], act=act)
    return ready


async def send(trip: Trip, post: PostOffice, pace: Pace) -> Result:
    """Calls the platform; touches no database. What it answers, in our words."""
    channel = trip.route.channel
    try:
        return Result(outcome="accepted", platform_id=await post[channel](_pack(trip.message, trip.route)))
    except TryLater as refusal:
        if refusal.retry_after and refusal.reason in delivery().holds:
            await pace.hold(channel, refusal.retry_after)
        return Result(outcome="later", reason=refusal.reason, retry_after=refusal.retry_after)
    except OutcomeUnknown as refusal:
        return Result(outcome="unknown", reason=refusal.reason)
    except (Unreachable, BlockedUser, CodeInvalid) as refusal:
        return Result(outcome="unreachable", reason=refusal.reason)
    except (WrongData, AccountProblem) as refusal:
        return Result(outcome="wrong", reason=refusal.reason)
    except Exception as fault:  # noqa: BLE001  our own mistake in one message is told to a person; the others go on
        _log.exception("a message could not be made", extra={"notice": trip.message.message})
        return Result(outcome="wrong", reason=type(fault).__name__)


async def _leave_out_outdated(claims: Sequence[Claim], act: Act) -> list[Claim]:
    """Reminders that waited until their clock was met or paused are dropped: that clock sends nothing more (domain §3)."""
    clocks = {one.id: int(one.facts["clock_id"]) for one in claims if _reminds(one)}
    if not clocks:
        return list(claims)
    true = {row["id"] for row in await rows(_STILL_RUNNING, sorted(set(clocks.values())))}
    late = [one for one in claims if clocks.get(one.id, 0) not in {0, *true}]
    for one in late:
        mine = OutboxMessage.filter(id=one.id, lease=one.lease)
        await mine.update(state="dropped", ended_at=act.now)
    if late:
        _log.info("reminders were dropped: they are not true any more", extra={"count": len(late)})
    return [one for one in claims if one not in late]


async def _has_arrived(trip: Trip, act: Act) -> bool:
    """Whether a receipt tells what became of a try that a crash or a lost answer left unknown."""
    to = trip.route.to
    whose = {
        "subscribe": ("mini_program", to.mini_program_openid),
        "subscribe_notice": ("official_account", to.notice_openid),
    }
    app, openid = whose.get(trip.route.channel, ("", None))
    if openid is None or not trip.history.unknown:
        return False
    subscriber = receipts.Subscriber(app=app, openid=openid)
    return await receipts.claim_early(trip.message.id, subscriber, real_now=act.real_now)


def _reminds(row: Claim) -> bool:
    return notices()[row.message].kind == "reminder" and "clock_id" in row.facts


async def _take_turns(trips: Iterable[Trip], pace: Pace) -> tuple[list[Trip], list[Decision]]:
    """Those that may be sent within the platform's limits, which all processes share; the rest waits or goes elsewhere."""
    lines: dict[tuple[Channel, bool], list[Trip]] = defaultdict(list)
    for trip in trips:
        lines[trip.route.channel, trip.message.urgent].append(trip)
    ready: list[Trip] = []
    put_off: list[Decision] = []
    for (channel, urgent), line in lines.items():
        turns = await pace.take(channel, len(line), urgent=urgent)
        ready += line[: turns.granted]
        put_off += [
            Decision.of(trip, await_turn(turns.wait + place * turns.gap, trip.history, delivery()))
            for place, trip in enumerate(line[turns.granted :])
        ]
    return ready, put_off


def _pack(row: Claim, route: Route) -> Parcel:
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
