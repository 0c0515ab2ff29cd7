"""Work with an hour of its own: once, on the regulation's time, also when the hour was missed."""

import asyncio
from datetime import UTC, datetime, timedelta

from apscheduler.triggers.cron import CronTrigger

from backend.actions import calendar_gap, job_runs
from backend.models import JobRun, OutboxMessage
from config import policy
from scheduler.errands import Errand, run_due
from scheduler.times import Times
from scheduler.timetable import errands
from tests.support.builders import MONDAY_15, a_member_of_staff, an_act

MORNING = CronTrigger(hour=7, timezone=policy.current().tz)


class Counted:
    """An errand that counts how often it was run."""

    def __init__(self) -> None:
        self.runs = 0

    async def run(self, _: Times) -> None:
        self.runs += 1

    def errand(self) -> Errand:
        return Errand(name="counted", trigger=MORNING, action=self.run)


def times(at: datetime) -> Times:
    return Times(now=at, real_now=MONDAY_15)


class TestOnce:
    async def test_any_number_of_schedulers_run_it_once_a_day(self, database: str) -> None:
        counted = Counted()
        await asyncio.gather(*[run_due([counted.errand()], times(MONDAY_15)) for _ in range(5)])
        assert counted.runs == 1
        await run_due([counted.errand()], times(MONDAY_15 + timedelta(days=1)))
        assert counted.runs == 2

    async def test_after_an_outage_of_days_only_the_newest_hour_is_run(self, database: str) -> None:
        counted = Counted()
        await run_due([counted.errand()], times(MONDAY_15))
        await run_due([counted.errand()], times(MONDAY_15 + timedelta(days=5)))
        assert counted.runs == 2

    async def test_an_errand_that_fails_is_left_to_the_next(self, database: str) -> None:
        async def fail() -> None:
            raise ValueError

        hour = datetime(2026, 11, 23, tzinfo=UTC)
        for _ in range(2):
            try:
                await job_runs.once("failing", hour, fail, real_now=MONDAY_15)
            except ValueError:
                continue
        assert await JobRun.all().count() == 0


class TestTheTimetable:
    async def test_every_errand_can_be_run(self, database: str) -> None:
        for errand in errands():
            await errand.action(times(MONDAY_15))


class TestCalendar:
    async def test_from_december_on_supervisors_are_asked_for_the_year_nobody_knows(
        self, database: str
    ) -> None:
        await a_member_of_staff("supervisor")
        assert not await calendar_gap.warn(act=an_act("system", datetime(2026, 11, 10, tzinfo=UTC)))
        assert await calendar_gap.warn(act=an_act("system", datetime(2026, 12, 7, tzinfo=UTC)))
        assert (await OutboxMessage.get()).facts["year"] == "2027"
