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
from scheduler.times import ReadTimes, Times

_log = logging.getLogger(__name__)

IN_FLIGHT = 16  # as many as the platform's ordinary threads
_RESERVE = 1  # and so many more for emergencies alone
_HANDFUL = 4  # free slots
_NEXT_IN_LINE = timedelta(milliseconds=250)

T = TypeVar("T")
R = TypeVar("R")


class Deliveries:
    """The messages this process has in hand: claimed and noted together, sent side by side, written down together."""

    def __init__(self, post: PostOffice, pace: Pace, read_times: ReadTimes) -> None:
        self._post = post
        self._pace = pace
        self._read_times = read_times
        self._flying: dict[asyncio.Task[None], Trip] = {}
        self._answered: list[tuple[Trip, Result]] = []
        self._writer: asyncio.Task[None] | None = None
        self._wanted = False
        self.when_free: Callable[[], Awaitable[None]] | None = None

    @property
    def in_flight(self) -> int:
        """Messages sent or on their way, and not written down yet."""
        return len(self._flying) + len(self._answered)

    async def start_next(self, times: Times) -> bool:
        """Begins what is due, as far as there are slots; False when nothing is, or every slot is taken."""
        ordinary = IN_FLIGHT - self.in_flight
        room = ordinary if ordinary > 0 else ordinary + _RESERVE
        if room <= 0:
            self._wanted = True
            return False
        act = _act(times)
        claims = await outbox.claim(room, act=act, only_emergencies=ordinary <= 0)
        self._wanted = ordinary <= 0
        if not claims:
            return False
        for trip in await _together_or_alone(claims, partial(self._prepare, act=act)):
            task = asyncio.create_task(self._send(trip))
            self._flying[task] = trip
            task.add_done_callback(self._flying.pop)
        return True

    async def finish(self, patience: float) -> None:
        """Lets the messages in hand be sent and written down, for so many seconds; the leases of the rest lapse."""
        give_up = asyncio.get_running_loop().time() + patience
        while (working := self._working()) and (left := give_up - asyncio.get_running_loop().time()) > 0:
            await asyncio.wait(working, timeout=left, return_when=asyncio.FIRST_COMPLETED)
        late = self._working()
        for task in late:
            task.cancel()
        if late:
            await asyncio.wait(late)
            _log.warning("messages left to the next process", extra={"count": len(late)})

    def _worth_a_claim(self) -> bool:
        """A claim costs as much for one message as for a handful."""
        return IN_FLIGHT - self.in_flight >= _HANDFUL or not self._flying

    def _working(self) -> set[asyncio.Task[None]]:
        return {*self._flying, self._writer} if self._writer else set(self._flying)

    async def _prepare(self, claims: Sequence[Claim], act: Act) -> list[Trip]:
        flying = [trip.route.channel for trip in self._flying.values()]
        written = [trip.route.channel for trip, _ in self._answered]
        pace = _OneAtATime(self._pace, frozenset(flying + written))
        return await outbox.prepare(claims, act=act, post=self._post, pace=pace)

    async def _send(self, trip: Trip) -> None:
        self._answered.append((trip, await outbox.send(trip, self._post, self._pace)))
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
                if self._wanted and self.when_free and self._worth_a_claim():
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


def _act(times: Times) -> Act:
    return Act.system(now=times.now, real_now=times.real_now)
