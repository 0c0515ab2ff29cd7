"""Deliveries in parallel: a slow platform holds up a few messages and never an emergency."""

import asyncio
import logging
from collections import deque
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
_AHEAD = 0.25  # seconds: so much more work for the slots is claimed while they are busy
_MOST_AHEAD = 84  # messages; with those in flight a claim is a hundred rows
_HANDFUL = 0.25  # of all that: a claim costs as much for one message as for so many
_LATEST = (
    0.5  # of a lease: whose turn comes later is left to the next claim, for the lease might lapse on the way
)
_NEXT_IN_LINE = timedelta(milliseconds=250)

T = TypeVar("T")
R = TypeVar("R")


class Deliveries:
    """The messages this process has in hand: claimed together, sent side by side, written down together.

    While the slots are busy the next messages are made ready and the last ones written down. A slot is free at the answer
    where the platform recognises a repeat. Of the others one is on its way at a time, until its answer is written down, so
    that a kill leaves one in doubt; an emergency waits for none of them.
    """

    def __init__(self, post: PostOffice, pace: Pace, read_times: ReadTimes) -> None:
        self._post = post
        self._pace = pace
        self._read_times = read_times
        self._line: deque[tuple[Trip, float]] = deque()  # each with when it is too late to begin
        self._flying: dict[asyncio.Task[None], Trip] = {}
        self._answered: list[tuple[Trip, Result]] = []
        self._writer: asyncio.Task[None] | None = None
        self._takes: float | None = None  # seconds of one send, as it was lately
        self._wanted = False
        self.when_free: Callable[[], Awaitable[None]] | None = None

    @property
    def in_hand(self) -> int:
        """Messages claimed, on their way or sent, and not written down yet."""
        return len(self._line) + len(self._flying) + len(self._answered)

    async def start_next(self, times: Times) -> bool:
        """Begins what is due, as far as there is room; False when nothing is, or everything is taken."""
        room = self._room()
        self._wanted = not room
        most = room or IN_FLIGHT + _RESERVE - self._slots_taken
        if most <= 0:
            return False
        act, until = _act(times), _seconds() + delivery().lease_seconds * _LATEST
        claims = await outbox.claim(most, act=act, only_emergencies=not room)
        ready = [(trip, until) for trip in await _together_or_alone(claims, partial(self._prepare, act=act))]
        self._line.extendleft(one for one in reversed(ready) if one[0].message.urgent)
        self._line.extend(one for one in ready if not one[0].message.urgent)
        self._set_off()
        return bool(claims)

    async def finish(self, patience: float) -> None:
        """Lets the messages in hand be sent and written down, for so many seconds; the leases of the rest lapse."""
        give_up = _seconds() + patience
        while (working := self._working()) and (left := give_up - _seconds()) > 0:
            await asyncio.wait(working, timeout=left, return_when=asyncio.FIRST_COMPLETED)
        late = self._working()
        left_over = len(late) + len(self._line)
        self._line.clear()
        for task in late:
            task.cancel()
        if late:
            await asyncio.wait(late)
            _log.warning("messages left to the next process", extra={"count": left_over})

    def _room(self) -> int:
        """How many ordinary messages are worth a claim now: a handful at least, or none while there is other work.

        A platform that has become slow has little waiting for it here: other processes may have room.
        """
        ahead = min(int(IN_FLIGHT * _AHEAD / max(self._takes, 0.001)), _MOST_AHEAD) if self._takes else 0
        most = IN_FLIGHT + ahead
        room = max(0, most - self.in_hand)
        return room if room >= most * _HANDFUL or not self._line else 0

    @property
    def _slots_taken(self) -> int:
        in_doubt = sum(not trip.recognised for trip, _ in self._answered)
        return len(self._flying) + in_doubt

    def _set_off(self) -> None:
        """Whoever may be next in line begins, while there are slots."""
        while (place := self._next_in_line()) is not None:
            trip, until = self._line[place]
            del self._line[place]
            task = asyncio.create_task(self._send(trip, until))
            self._flying[task] = trip
            task.add_done_callback(self._landed)

    def _next_in_line(self) -> int | None:
        """Of what nobody recognises as a repeat, one is between sending and recording: a kill leaves one in doubt."""
        taken = self._slots_taken
        doubt = taken > len(self._flying) or any(not trip.recognised for trip in self._flying.values())
        for place, (trip, _) in enumerate(self._line):
            if taken >= IN_FLIGHT + (_RESERVE if trip.message.urgent else 0):
                return None
            if trip.recognised or trip.message.urgent or not doubt:
                return place
        return None

    def _landed(self, task: asyncio.Task[None]) -> None:
        del self._flying[task]
        self._set_off()
        if (self._answered or self._wanted) and self._writer is None:
            self._writer = asyncio.create_task(self._write_down())

    def _working(self) -> set[asyncio.Task[None]]:
        return {*self._flying, self._writer} if self._writer else set(self._flying)

    async def _prepare(self, claims: Sequence[Claim], act: Act) -> list[Trip]:
        in_hand = [*self._flying.values(), *(trip for trip, _ in (*self._line, *self._answered))]
        pace = _OneAtATime(self._pace, frozenset(trip.route.channel for trip in in_hand))
        return await outbox.prepare(claims, act=act, post=self._post, pace=pace)

    async def _send(self, trip: Trip, until: float) -> None:
        began = _seconds()
        if began > until:
            _log.warning("a message waited too long for its turn; its lease will lapse")
            return
        try:
            noted = await outbox.try_note(trip, real_now=(await self._read_times()).real_now)
        except Exception:  # noqa: BLE001  one message's fault is not the others'
            _log.exception("a delivery failed; its lease will lapse")
            return
        if noted is not None:
            self._answered.append((noted, await outbox.send(noted, self._post, self._pace)))
            self._takes = _seconds() - began

    async def _write_down(self) -> None:
        """All that was answered while the last ones were written; then whoever waits for room is called."""
        try:
            while True:
                if answers := list(self._answered):
                    act = _act(await self._read_times())
                    await _together_or_alone(answers, partial(_settle, act=act))
                    del self._answered[: len(answers)]
                    self._set_off()
                if self._wanted and self.when_free and self._room():
                    await self.when_free()
                if not self._answered:
                    break
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
