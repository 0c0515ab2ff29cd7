"""Deliveries in parallel: a slow platform holds up a few messages and never an emergency."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import TypeVar

from backend.actions import outbox
from backend.actions.act import Act
from backend.actions.outbox import Claim, Result, Trip
from backend.gateways.post import Channel, Pace, PostOffice, Turns
from config.delivery import delivery
from scheduler.slots import Slots
from scheduler.times import ReadTimes, Times

_log = logging.getLogger(__name__)

IN_FLIGHT = 16  # as many as the platform's ordinary threads
_RESERVE = 1  # and so many more for emergencies alone
_AHEAD = 0.25  # seconds: so much work for the slots is claimed and noted while they are busy
_MOST_AHEAD = 84  # messages; with those in flight a claim is a hundred rows
_HANDFUL = 0.25  # of all that: a claim costs as much for one message as for so many
_LATEST = (
    0.5  # of a lease: whose turn comes later is left to the next claim, for the lease might lapse on the way
)
_NEXT_IN_LINE = timedelta(milliseconds=250)

T = TypeVar("T")
R = TypeVar("R")


class Deliveries:
    """The messages this process has in hand: claimed and noted together, sent side by side, written down together.

    While the slots are busy the next ones are made ready, and the last ones written down: a slot does nothing but send.
    """

    def __init__(self, post: PostOffice, pace: Pace, read_times: ReadTimes) -> None:
        self._post = post
        self._pace = pace
        self._read_times = read_times
        self._slots = Slots(IN_FLIGHT, reserve=_RESERVE)
        self._going: dict[asyncio.Task[None], Trip] = {}
        self._answered: list[tuple[Trip, Result]] = []
        self._writer: asyncio.Task[None] | None = None
        self._takes: float | None = None  # seconds of one send, as it has been lately
        self._wanted = False
        self.when_free: Callable[[], Awaitable[None]] | None = None

    @property
    def in_hand(self) -> int:
        """Messages claimed, sent or on their way, and not written down yet."""
        return len(self._going) + len(self._answered)

    async def start_next(self, times: Times) -> bool:
        """Begins what is due, as far as there is room; False when nothing is, or everything is taken."""
        room = self._room()
        self._wanted = not room
        most = room or self._slots.left_for_urgent
        if not most:
            return False
        act, until = _act(times), _seconds() + delivery().lease_seconds * _LATEST
        claims = await outbox.claim(most, act=act, only_emergencies=not room)
        for trip in await _together_or_alone(claims, partial(self._prepare, act=act)):
            task = asyncio.create_task(self._send(trip, act, until))
            self._going[task] = trip
            task.add_done_callback(self._going.pop)
        await asyncio.sleep(0)  # they take their slots before anybody counts those again
        return bool(claims)

    async def finish(self, patience: float) -> None:
        """Lets the messages in hand be sent and written down, for so many seconds; the leases of the rest lapse."""
        give_up = _seconds() + patience
        while (working := self._working()) and (left := give_up - _seconds()) > 0:
            await asyncio.wait(working, timeout=left, return_when=asyncio.FIRST_COMPLETED)
        late = self._working()
        for task in late:
            task.cancel()
        if late:
            await asyncio.wait(late)
            _log.warning("messages left to the next process", extra={"count": len(late)})

    def _room(self) -> int:
        """How many ordinary messages are worth a claim now: a handful at least, or none.

        A platform that has become slow has little waiting for it here: other processes may have room.
        """
        ahead = min(int(IN_FLIGHT * _AHEAD / max(self._takes, 0.001)), _MOST_AHEAD) if self._takes else 0
        most = IN_FLIGHT + ahead
        room = most - self.in_hand
        return room if room >= most * _HANDFUL else 0

    def _working(self) -> set[asyncio.Task[None]]:
        return {*self._going, self._writer} if self._writer else set(self._going)

    async def _prepare(self, claims: Sequence[Claim], act: Act) -> list[Trip]:
        going = [trip.route.channel for trip in self._going.values()]
        written = [trip.route.channel for trip, _ in self._answered]
        pace = _OneAtATime(self._pace, frozenset(going + written))
        return await outbox.prepare(claims, act=act, post=self._post, pace=pace)

    async def _send(self, trip: Trip, act: Act, until: float) -> None:
        await self._slots.take(urgent=trip.urgent)
        try:
            if _seconds() > until:
                _log.warning("a message waited too long for its turn; its lease will lapse")
                return
            began = _seconds()
            noted = await outbox.note(trip, act=act)
            self._answered.append((noted, await outbox.send(noted, self._post, self._pace)))
            self._takes = _seconds() - began
        except Exception:  # noqa: BLE001  one message's fault is not the others'
            _log.exception("a delivery failed; its lease will lapse")
            return
        finally:
            self._slots.give_back()
        if self._writer is None:
            self._writer = asyncio.create_task(self._write_down())

    async def _write_down(self) -> None:
        """All that was answered while the last ones were written; then whoever waits for a slot is called."""
        try:
            while self._answered:
                answers = list(self._answered)
                act = _act(await self._read_times())
                await _together_or_alone(answers, partial(_settle, act=act))
                del self._answered[: len(answers)]
                if self._wanted and self.when_free and self._room():
                    await self.when_free()
        finally:
            self._writer = None


class _OneAtATime:
    """Of what nobody can recognise as a repeat, only one is between sending and recording: a kill doubles one at most."""

    def __init__(self, pace: Pace, busy: frozenset[Channel]) -> None:
        self._pace = pace
        self._busy = busy

    async def take(self, channel: Channel, count: int, *, urgent: bool) -> Turns:
        if channel not in delivery().one_at_a_time:
            return await self._pace.take(channel, count, urgent=urgent)
        if channel in self._busy:
            return Turns(granted=0, wait=_NEXT_IN_LINE, gap=_NEXT_IN_LINE)
        turns = await self._pace.take(channel, 1, urgent=urgent)
        return Turns(granted=turns.granted, wait=max(turns.wait, _NEXT_IN_LINE), gap=_NEXT_IN_LINE)

    async def hold(self, channel: Channel, span: timedelta) -> None:
        await self._pace.hold(channel, span)


async def _settle(answers: Sequence[tuple[Trip, Result]], act: Act) -> list[None]:
    await outbox.settle(answers, act=act)
    return []


async def _together_or_alone(
    items: Sequence[T], work: Callable[[Sequence[T]], Awaitable[list[R]]]
) -> list[R]:
    """The work for all at once; where that fails, one by one, for one message's fault is not the others'."""
    try:
        return await work(items)
    except Exception:  # noqa: BLE001  whatever it is, it is tried alone and told there
        _log.warning("a batch of messages failed; each is tried alone", extra={"count": len(items)})
    found: list[R] = []
    for one in items:
        try:
            found += await work([one])
        except Exception:  # noqa: BLE001  one message's fault is not the others'
            _log.exception("a delivery failed; its lease will lapse")
    return found


def _seconds() -> float:
    return asyncio.get_running_loop().time()


def _act(times: Times) -> Act:
    return Act.system(now=times.now, real_now=times.real_now)
