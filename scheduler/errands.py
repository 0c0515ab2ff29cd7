"""Work with an hour of its own, on the regulation's time: done once among all processes, also when the hour was missed."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from apscheduler.triggers.cron import CronTrigger

from backend.actions import job_runs
from scheduler.times import Times

_LATE = timedelta(days=1)  # what was missed for longer waits for its next hour


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """`trigger` says when, in the policy's zone."""

    name: str
    trigger: CronTrigger
    action: Callable[[Times], Awaitable[object]]


async def run_due(errands: Sequence[Errand], times: Times) -> bool:
    """Does every errand whose newest hour has come and that nobody has done; always False, for none is left."""
    for errand in errands:
        hour = _newest_hour(errand.trigger, times.now)
        if hour is not None:
            work = partial(errand.action, times)
            await job_runs.once(errand.name, hour, work, real_now=times.real_now)
    return False


def _newest_hour(trigger: CronTrigger, now: datetime) -> datetime | None:
    found = None
    hour = trigger.get_next_fire_time(None, now - _LATE)
    while hour is not None and hour <= now:
        found = hour
        hour = trigger.get_next_fire_time(hour, hour)
    return found
