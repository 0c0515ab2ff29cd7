"""What time it is for one tick of the scheduler."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from backend import clock
from backend.actions import development_clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """The regulation's time, and the machine's for leases and retries; both UTC."""

    now: datetime
    real_now: datetime


ReadTimes = Callable[[], Awaitable[Times]]


async def read_times(*, development: bool) -> Times:
    """Both clocks; in development somebody may just have moved the regulation's ahead."""
    if development:
        clock.set_ahead(await development_clock.read_ahead())
    return Times(now=clock.now(), real_now=clock.real_now())
