"""After nobody worked for a while people are told what still went out and what did not."""

from datetime import timedelta

import pytest

from backend.actions import applications, outages, reminders
from backend.models import ConnectionApplication, Outage, OutboxMessage
from tests.support.builders import (
    MONDAY_15,
    a_member_of_staff,
    an_accepted_site,
    an_act,
    an_application,
)

HOURS = timedelta(hours=1)
SECONDS = timedelta(seconds=1)


async def work(hours: float) -> None:
    """One look of a scheduler so many hours after filing: alive, judging all that is due, then telling."""
    act = an_act("system", MONDAY_15 + hours * HOURS)
    await outages.note_life(act=act)
    while await reminders.remind_next(now=act.now, real_now=act.real_now):
        pass
    while await outages.tell_next(act=act):
        pass


async def told() -> list[str]:
    rows = await OutboxMessage.filter(message="after_outage").order_by("created_at")
    return [f"{row.facts['sent']}/{row.facts['dropped']}: {row.facts['cases']}" for row in rows]


@pytest.fixture
async def application(database: str) -> ConnectionApplication:
    """Its ignition clock runs from Monday 15:00; a scheduler has seen it."""
    await a_member_of_staff("customer_manager")
    await a_member_of_staff("supervisor")
    await an_accepted_site()
    filed = await an_application()
    await work(0)
    return filed


async def test_what_was_dropped_is_said_with_its_cases(application: ConnectionApplication) -> None:
    await work(23.5)  # half time and two hours before passed meanwhile, and the visit's deadline
    (line,) = await told()
    sent, dropped = (int(part) for part in line.partition(":")[0].split("/"))
    assert sent > 0
    assert dropped > 0
    assert application.number in line


async def test_it_is_said_once_by_whoever_comes_first(application: ConnectionApplication) -> None:
    await work(23.5)
    await work(23.51)
    assert len(await told()) == 1
    assert await Outage.filter(told_at__isnull=False).count() == 1


async def test_a_case_that_ended_meanwhile_is_not_reminded_of_and_nothing_is_said(
    application: ConnectionApplication,
) -> None:
    await applications.cancel(application.number, "不装了", act=an_act("supervisor"))
    await work(23.5)
    assert await told() == []


async def test_it_waits_until_all_that_was_held_up_is_judged(application: ConnectionApplication) -> None:
    act = an_act("system", MONDAY_15 + 23.5 * HOURS)
    await outages.note_life(act=act)
    assert not await outages.tell_next(act=act)


async def test_a_short_pause_is_no_outage(application: ConnectionApplication) -> None:
    for beats in range(1, 6):
        await outages.note_life(act=an_act("system", MONDAY_15 + beats * 100 * SECONDS))
    assert not await Outage.exists()


async def test_a_jump_of_the_regulations_clock_is_no_outage(application: ConnectionApplication) -> None:
    act = an_act("system", MONDAY_15 + 5 * SECONDS)
    jumped = type(act).system(now=MONDAY_15 + 48 * HOURS, real_now=act.real_now)
    await outages.note_life(act=jumped)
    assert not await Outage.exists()
