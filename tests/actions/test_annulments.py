"""A pause that should not have been: its time counts again, whatever became of the clock since."""

from datetime import datetime, timedelta

import pytest

from backend.actions import annulments, ignition, pauses, reminders, visits
from backend.models import CaseClock, ConnectionApplication, Document, OutboxMessage, Pause, Staff
from backend.rules.errors import NotAllowed
from tests.support.builders import (
    MONDAY_15,
    a_member_of_staff,
    an_accepted_site,
    an_act,
    an_application,
)

DUE = MONDAY_15 + timedelta(days=1)


def after(hours: float) -> datetime:
    return MONDAY_15 + timedelta(hours=hours)


@pytest.fixture
async def case(database: str) -> ConnectionApplication:
    """Filed on Monday at 15:00 at an accepted site, with a manager and a supervisor."""
    await an_accepted_site()
    await a_member_of_staff("customer_manager")
    await a_member_of_staff("supervisor")
    return await an_application()


async def ignition_clock(case: ConnectionApplication) -> CaseClock:
    return await CaseClock.get(application_id=case.id, kind="ignition")


async def hold(case: ConnectionApplication, begins: float, ends: float | None) -> Pause:
    await pauses.pause(
        case.number, "customer_reason", "客户出差", act=an_act("customer_manager", after(begins))
    )
    if ends is not None:
        await pauses.resume(case.number, None, act=an_act("customer_manager", after(ends)))
    return await Pause.filter(application_id=case.id).order_by("id").last()  # type: ignore[return-value]  # there is one


async def annul(pause: Pause, hours: float) -> None:
    chief = await Staff.get(login="supervisor")
    await annulments.annul(
        pause.id, "客户没有出差", act=an_act("supervisor", after(hours), staff_id=chief.id)
    )


async def test_the_deadline_is_where_it_was(case: ConnectionApplication) -> None:
    pause = await hold(case, 2, 7)
    assert (await ignition_clock(case)).due_at == DUE + timedelta(hours=5)
    await annul(pause, 10)
    assert (await ignition_clock(case)).due_at == DUE


async def test_an_open_pause_ends_and_the_clock_runs(case: ConnectionApplication) -> None:
    await annul(await hold(case, 2, None), 10)
    clock = await ignition_clock(case)
    assert (clock.state, clock.due_at, clock.pause_id) == ("running", DUE, None)
    with pytest.raises(NotAllowed):
        await pauses.resume(case.number, None, act=an_act("customer_manager", after(11)))


async def test_what_is_past_due_by_that_is_late_at_once(case: ConnectionApplication) -> None:
    pause = await hold(case, 2, None)
    while await reminders.remind_next(now=after(30), real_now=after(30)):
        pass
    assert (await ignition_clock(case)).state == "paused"
    await annul(pause, 30)
    while await reminders.remind_next(now=after(30), real_now=after(30)):
        pass
    clock = await ignition_clock(case)
    assert (clock.state, clock.due_at) == ("breached", DUE)
    letters = await OutboxMessage.filter(message="clock_breached_supervisor").values_list("facts", flat=True)
    assert any(facts["clock_name"] == "点火通气" for facts in letters)  # type: ignore[call-overload]  # flat values are facts


async def test_only_the_annulled_one_of_two_counts_back(case: ConnectionApplication) -> None:
    first = await hold(case, 2, 4)
    await hold(case, 6, 9)
    await annul(first, 10)
    assert (await ignition_clock(case)).due_at == DUE + timedelta(hours=3)


async def test_another_pause_of_the_same_time_still_holds_the_clock(case: ConnectionApplication) -> None:
    """The customer wishes Wednesday; meanwhile the manager pauses from the third to the sixth hour."""
    customer = an_act("customer", after(1), customer_id=case.customer_id)
    await visits.book(case.number, after(48), act=customer)
    wish = await Pause.get(application_id=case.id)
    await hold(case, 3, 6)
    await annul(wish, 10)
    assert (await ignition_clock(case)).due_at == DUE + timedelta(hours=3)


async def test_a_met_clock_turns_out_late(case: ConnectionApplication) -> None:
    pause = await hold(case, 2, 12)
    manager = await Staff.get(login="customer_manager")
    at_door = an_act("customer_manager", after(30), staff_id=manager.id)
    visit = await visits.book(case.number, after(30), act=at_door)
    await visits.check_in(visit.id, visits.CheckIn(), act=at_door)
    await _papers(case, manager)
    await ignition.ignite(case.number, "M1", act=at_door)
    assert not (await ignition_clock(case)).late
    await annul(pause, 40)
    clock = await ignition_clock(case)
    assert (clock.state, clock.late) == ("met", True)


async def test_once_is_enough(case: ConnectionApplication) -> None:
    pause = await hold(case, 2, 4)
    await annul(pause, 5)
    with pytest.raises(NotAllowed):
        await annul(pause, 6)


async def _papers(case: ConnectionApplication, manager: Staff) -> None:
    await Document.create(kind="identity", application_id=case.id, staff_id=manager.id, received_at=MONDAY_15)
