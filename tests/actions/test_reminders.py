"""Reminders and breaches under moved time: who hears what, once, and only while it is true."""

import asyncio
from datetime import datetime, timedelta

import pytest

from backend.actions import _letters, applications, ignition, outbox, pauses, reminders, visits
from backend.models import (
    CaseClock,
    ConnectionApplication,
    Document,
    InboxItem,
    OutboxMessage,
    Reminder,
    Staff,
)
from backend.rules.clocks import Clock
from bench import statements
from config.policy import Policy
from tests.support.builders import (
    MONDAY_15,
    a_member_of_staff,
    an_accepted_site,
    an_act,
    an_application,
)
from tests.support.pace import Unhurried

HOURS = timedelta(hours=1)


async def sweep(at: datetime) -> list[str]:
    """The messages of one drained sweep."""
    before = set(await OutboxMessage.all().values_list("id", flat=True))
    while await reminders.remind_next(now=at, real_now=at):
        pass
    rows = await OutboxMessage.all().order_by("created_at", "priority")
    return sorted(row.message for row in rows if row.id not in before)


@pytest.fixture
async def people(database: str) -> tuple[Staff, Staff]:
    manager = await a_member_of_staff("customer_manager")
    return manager, await a_member_of_staff("supervisor")


@pytest.fixture
async def application(people: tuple[Staff, Staff]) -> ConnectionApplication:
    """Filed on Monday 15:00; its site is ready, so the ignition clock runs until Tuesday 15:00."""
    await an_accepted_site()
    filed = await an_application()
    await CaseClock.filter(kind="first_visit").update(state="met", ended_at=MONDAY_15)
    await CaseClock.filter(kind="deferred_documents").update(state="met", ended_at=MONDAY_15)
    await Reminder.exclude(clock__kind="ignition").delete()
    return filed


class TestTheCourseOfOneClock:
    async def test_half_time_two_hours_before_the_deadline_and_daily(
        self, application: ConnectionApplication
    ) -> None:
        assert await sweep(MONDAY_15 + 6 * HOURS) == []
        assert await sweep(MONDAY_15 + 7 * HOURS - timedelta(minutes=5)) == ["reminder_half"]
        assert await sweep(MONDAY_15 + 22 * HOURS) == ["reminder_before_deadline"]
        assert await sweep(MONDAY_15 + 24 * HOURS) == ["clock_breached", "clock_breached_supervisor", "late"]
        assert await sweep(MONDAY_15 + 47 * HOURS) == []
        assert await sweep(MONDAY_15 + 48 * HOURS) == ["reminder_daily"]
        assert await sweep(MONDAY_15 + 72 * HOURS) == ["reminder_daily"]

    async def test_after_an_outage_only_the_newest_that_is_true_goes_out(
        self, application: ConnectionApplication
    ) -> None:
        assert await sweep(MONDAY_15 + 23 * HOURS) == ["reminder_before_deadline"]

    async def test_after_an_outage_beyond_the_deadline_the_breach_alone_is_told(
        self, application: ConnectionApplication
    ) -> None:
        at = MONDAY_15 + 100 * HOURS  # Friday 19:00
        assert await sweep(at) == ["clock_breached", "clock_breached_supervisor", "late"]
        assert await sweep(at) == []

    async def test_the_breach_at_night_goes_at_its_hour(self, people: tuple[Staff, Staff]) -> None:
        await an_accepted_site()
        await an_application(at=MONDAY_15 + 12 * HOURS)  # 03:00
        assert "clock_breached_supervisor" in await sweep(MONDAY_15 + 36 * HOURS)

    async def test_reminders_missed_in_the_evening_wait_for_the_morning(
        self, application: ConnectionApplication
    ) -> None:
        assert await sweep(MONDAY_15 + 8 * HOURS) == []  # 23:00, the scheduler was away since before 21:55
        assert await sweep(MONDAY_15 + 16 * HOURS) == ["reminder_half"]

    async def test_a_met_clock_says_nothing_more(
        self, application: ConnectionApplication, people: tuple[Staff, Staff]
    ) -> None:
        await applications.cancel(application.number, "搬走了", act=an_act(at=MONDAY_15 + HOURS))
        assert await sweep(MONDAY_15 + 100 * HOURS) == []
        assert not await Reminder.exists(state="waiting")


class TestPausedClocks:
    async def test_nothing_is_said_while_it_stands_and_the_rest_counts_afterwards(
        self, application: ConnectionApplication
    ) -> None:
        await pauses.pause(
            application.number, "customer_reason", "出差", act=an_act("supervisor", MONDAY_15 + 4 * HOURS)
        )
        assert await sweep(MONDAY_15 + 60 * HOURS) == []
        back = MONDAY_15 + 64 * HOURS  # Thursday 07:00, with 20 hours left
        await pauses.resume(application.number, None, act=an_act("supervisor", back))
        assert await sweep(back + 8 * HOURS) == ["reminder_half"]
        assert (await CaseClock.get(kind="ignition")).due_at == back + 20 * HOURS

    async def test_a_pause_and_a_reminder_at_once_do_not_block_each_other(
        self, application: ConnectionApplication
    ) -> None:
        at = MONDAY_15 + 24 * HOURS
        for _ in range(5):
            await asyncio.gather(
                pauses.pause(application.number, "uncontrollable", "停气", act=an_act("supervisor", at)),
                reminders.remind_next(now=at, real_now=at),
                reminders.remind_next(now=at, real_now=at),
            )
            await pauses.resume(application.number, None, act=an_act("supervisor", at))
        await sweep(at)
        assert await OutboxMessage.filter(message="late").count() == 1


class TestOnce:
    async def test_many_schedulers_tell_a_breach_once(self, application: ConnectionApplication) -> None:
        at = MONDAY_15 + 24 * HOURS
        await asyncio.gather(*[reminders.remind_next(now=at, real_now=at) for _ in range(8)])
        await sweep(at)
        assert await OutboxMessage.filter(message="clock_breached").count() == 1

    async def test_two_reminders_within_half_an_hour_are_one(
        self, application: ConnectionApplication
    ) -> None:
        await CaseClock.filter(kind="first_visit").update(
            state="running", ended_at=None, due_at=MONDAY_15 + 24 * HOURS
        )
        visit = await CaseClock.get(kind="first_visit")
        await Reminder.filter(clock_id=visit.id).delete()
        await Reminder.create(clock_id=visit.id, kind="half", due_at=MONDAY_15 + 22.2 * HOURS)
        assert await sweep(MONDAY_15 + 22 * HOURS) == ["reminder_before_deadline"]
        assert await sweep(MONDAY_15 + 22.3 * HOURS) == []


class TestWhatGoesWrong:
    async def test_one_broken_case_does_not_hold_up_the_others(
        self, application: ConnectionApplication, people: tuple[Staff, Staff]
    ) -> None:
        other = await an_application(address="龙湖锦园5号楼", contact_phone="13900000000")
        await CaseClock.filter(application_id=application.id, kind="ignition").update(kind="no_such_clock")
        await CaseClock.filter(application_id=other.id, kind__not="ignition").update(state="met")
        told = await sweep(MONDAY_15 + 24 * HOURS)
        assert "reminder_failed" in told
        assert "late" in told

    async def test_a_reminder_that_was_overtaken_is_not_delivered(
        self, application: ConnectionApplication, people: tuple[Staff, Staff]
    ) -> None:
        at = MONDAY_15 + 22 * HOURS
        await sweep(at)
        await _ignite(application, people[0], at + HOURS)
        sent: list[str] = []

        async def send(parcel: object) -> str:
            sent.append(parcel.title)  # type: ignore[attr-defined]  # a Parcel
            return "1"

        while await outbox.deliver_next(
            now=at, real_now=at + 2 * HOURS, post={"template": send}, pace=Unhurried()
        ):
            pass
        assert not any("快到期" in title for title in sent)
        assert (await OutboxMessage.get(message="reminder_before_deadline")).state == "dropped"


async def _ignite(application: ConnectionApplication, manager: Staff, at: datetime) -> None:
    mine = an_act("customer_manager", at, staff_id=manager.id)
    visit = await visits.book(application.number, at, act=mine)
    await visits.check_in(visit.id, visits.CheckIn(), act=mine)
    await Document.create(kind="identity", application_id=application.id, received_at=at)
    await ignition.ignite(application.number, "M-1", act=mine)


class TestTogether:
    async def test_many_cases_due_at_once_are_each_judged_by_themselves(
        self, people: tuple[Staff, Staff]
    ) -> None:
        """One is paused, one was just reminded of another clock, one is as it should be."""
        manager, _ = people
        await an_accepted_site()
        filed = [
            await an_application(address=f"新郑市龙湖镇龙湖锦园{number}号楼501") for number in range(1, 4)
        ]
        await Reminder.exclude(kind="before_deadline").delete()
        await Reminder.exclude(clock__kind="ignition").delete()
        stands, said, plain = filed
        await CaseClock.filter(application_id=stands.id).update(state="paused")
        await OutboxMessage.filter(application_id=said.id, staff_id=manager.id).delete()
        await OutboxMessage.filter(application_id=said.id).update(
            message="reminder_half",
            customer_id=None,
            staff_id=manager.id,
            created_at=MONDAY_15 + 21.9 * HOURS,
        )
        assert await sweep(MONDAY_15 + 22 * HOURS) == ["reminder_before_deadline"]
        row = await OutboxMessage.get(message="reminder_before_deadline")
        assert (row.application_id, row.staff_id) == (plain.id, manager.id)
        assert row.facts["number"] == plain.number
        assert row.facts["manager_name"] == manager.name
        assert await InboxItem.exists(message_id=row.id, staff_id=manager.id)
        states = await Reminder.all().values_list("clock__application_id", "state")
        assert dict(states) == {stands.id: "dropped", said.id: "merged", plain.id: "done"}

    async def test_one_that_cannot_be_made_keeps_none_of_the_others(
        self, people: tuple[Staff, Staff], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await an_accepted_site()
        for number in range(1, 4):
            await an_application(address=f"新郑市龙湖镇龙湖锦园{number}号楼501")
        await Reminder.exclude(kind="before_deadline").delete()
        await Reminder.exclude(clock__kind="ignition").delete()
        broken = await ConnectionApplication.all().order_by("id").first()
        clock_facts = _letters.clock_facts
        cases = await CaseClock.filter(application_id=broken.id if broken else 0, kind="ignition")

        def fail_for_one(clock: Clock, now: datetime, rules: Policy) -> dict[str, str]:
            if clock.due_at == cases[0].due_at:
                raise ValueError
            return clock_facts(clock, now, rules)

        await CaseClock.filter(id=cases[0].id).update(due_at=MONDAY_15 + timedelta(hours=24, seconds=1))
        await cases[0].refresh_from_db()
        monkeypatch.setattr(_letters, "clock_facts", fail_for_one)
        assert (await sweep(MONDAY_15 + 22 * HOURS)).count("reminder_before_deadline") == 2
        assert await Reminder.filter(state="failed").count() == 1

    async def test_a_hundred_cost_no_more_statements_than_one(self, people: tuple[Staff, Staff]) -> None:
        await an_accepted_site()
        for number in range(1, 13):
            await an_application(address=f"新郑市龙湖镇龙湖锦园{number}号楼501")
        await Reminder.exclude(kind="before_deadline").delete()
        await Reminder.exclude(clock__kind="ignition").delete()
        async with statements.logged() as log:
            await reminders.remind_next(now=MONDAY_15 + 22 * HOURS, real_now=MONDAY_15)
        assert await OutboxMessage.filter(message="reminder_before_deadline").count() == 12
        assert len(log) == 9, log.texts
