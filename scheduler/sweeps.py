"""One sweep: does what is due, one row at a time, until nothing is; then waits to be poked."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from scheduler.times import ReadTimes, Times

_log = logging.getLogger(__name__)

_MOST_ROWS = 200
_LONGEST = 5.0  # seconds of one tick; then the times are read anew
_LONG = 1.0  # a tick that takes longer is worth a line in the log
_PAUSE_AFTER_FAULT = 1.0

Next = Callable[[Times], Awaitable[bool]]
"""Does one thing that is due; False when there is none."""


@dataclass(slots=True, kw_only=True)
class Sweep:
    """`stirs` names the sweeps that may have work when this one has done some."""

    name: str
    next: Next
    read_times: ReadTimes
    stirs: Sequence["Sweep"] = ()
    done: int = 0
    faults: int = 0
    _wanted: asyncio.Event = field(default_factory=asyncio.Event)
    _ending: bool = False

    async def poke(self) -> None:
        """Something may be due: look now, or once more when the present tick is over."""
        self._wanted.set()

    async def live(self) -> None:
        """Ticks when poked, until `end`; a fault is logged and never ends it."""
        while not self._ending:
            await self._wanted.wait()
            self._wanted.clear()
            try:
                await self._tick()
            except Exception:  # noqa: BLE001  the loop outlives every fault; the next tick tries again
                self.faults += 1
                _log.exception("a sweep failed and will come again", extra={"sweep": self.name})
                await asyncio.sleep(_PAUSE_AFTER_FAULT)

    def end(self) -> None:
        """Finishes the row in hand and ticks no more."""
        self._ending = True
        self._wanted.set()

    async def _tick(self) -> None:
        times = await self.read_times()
        began = time.monotonic()
        rows = 0
        while not self._ending and await self.next(times):
            rows += 1
            self.done += 1
            for sweep in self.stirs:
                await sweep.poke()
            if rows == _MOST_ROWS or time.monotonic() - began > _LONGEST:
                self._wanted.set()
                break
        took = time.monotonic() - began
        if took > _LONG:
            _log.info("a long sweep", extra={"sweep": self.name, "rows": rows, "seconds": round(took, 1)})
