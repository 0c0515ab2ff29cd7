"""Leave and reassignment: nothing stays on the absent one's desk, and everybody hears of it once."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from backend.actions import absences, applications, assignments, emergencies, hand_over, tasks, visits
from backend.models import ConnectionApplication, OutboxMessage, PreServiceProject, Staff, Task, Visit
from backend.rules.errors import Forbidden, InvalidField
from backend.rules.filing import Filing
from tests.support.builders import (
    ADDRESS,
    MONDAY_15,
    a_customer,
    a_member_of_staff,
    an_accepted_site,
    an_act,
    an_application,
)

TOMORROW = MONDAY_15 + timedelta(days=1)


@pytest.fixture
async def town(database: str) -> dict[str, Staff]:
    """Two managers of neighbouring districts, a supervisor, an accepted site in the first one's district."""
    await an_accepted_site()
    market: dict[str, Any] = {"department": "market_development"}
    return {
        "wang": await a_member_of_staff("wang", "customer_manager", districts=["龙湖镇"], **market),
        "li": await a_member_of_staff("li", "customer_manager", districts=["薛店镇"], **market),
        "chief": await a_member_of_staff("chief", "supervisor", **market),
    }


async def told(person: Staff, message: str) -> list[OutboxMessage]:
    return await OutboxMessage.filter(staff_id=person.id, message=message).order_by("created_at")


class TestLeave:
    async def test_everything_passes_to_a_colleague_in_one_act(self, town: dict[str, Staff]) -> None:
        filed = [await an_application(address=f"{ADDRESS}{room}", at=MONDAY_15) for room in range(3)]
        at = MONDAY_15 + timedelta(hours=2)
        await visits.book(filed[0].number, at, act=an_act("customer_manager", staff_id=town["wang"].id))

        done = await absences.leave(
            town["wang"].id, TOMORROW, act=an_act("customer_manager", staff_id=town["wang"].id)
        )

        assert done.cases == 3
        assert done.colleagues == ("li",)
        assert not await ConnectionApplication.exists(manager_id=town["wang"].id)
        assert not await Task.exists(assignee_id=town["wang"].id, state__in=["open", "accepted"])
        assert not await Visit.exists(staff_id=town["wang"].id, state="booked")
        [push] = await told(town["li"], "cases_handed_over")
        assert push.facts["count"] == "3"
        assert all(one.number in push.facts["cases"] for one in filed)
        [note] = await told(town["wang"], "cases_given_away")
        assert note.facts["colleagues"] == "li"
        assert await OutboxMessage.filter(message="manager_changed").count() == 3

    async def test_new_cases_of_the_district_pass_by_who_is_away_until_the_hour_has_come(
        self, town: dict[str, Staff]
    ) -> None:
        await absences.leave(town["wang"].id, TOMORROW, act=an_act("supervisor", staff_id=town["chief"].id))
        assert (await an_application(address=ADDRESS + "1")).manager_id == town["li"].id
        later = await an_application(address=ADDRESS + "2", at=TOMORROW)
        assert later.manager_id == town["wang"].id

    async def test_nobody_left_is_an_alarm_and_a_supervisor_assigns(self, town: dict[str, Staff]) -> None:
        chief = an_act("supervisor", staff_id=town["chief"].id)
        await absences.leave(town["li"].id, TOMORROW, act=chief)
        filed = await an_application()
        done = await absences.leave(town["wang"].id, TOMORROW, act=chief)
        assert done.unassigned == 1
        [alarm] = await told(town["chief"], "left_unassigned")
        assert filed.number in alarm.facts["cases"]

        await absences.come_back(town["li"].id, act=chief)
        given = await hand_over.reassign(filed.number, town["li"].id, None, act=chief)
        assert given.manager_id == town["li"].id
        [task] = await Task.filter(application_id=filed.id, kind="visit")
        assert task.assignee_id == town["li"].id

    async def test_an_emergency_taken_on_climbs_again_at_once(self, town: dict[str, Staff]) -> None:
        first = await a_member_of_staff("zheng", "duty_officer", rota_order=1)
        second = await a_member_of_staff("feng", "duty_officer", rota_order=2)
        alarm = await emergencies.raise_alarm(
            emergencies.Report(danger="leak", words="有煤气味"), act=an_act("system")
        )
        await tasks.accept(alarm.id, act=an_act("duty_officer", staff_id=first.id))

        await absences.leave(first.id, TOMORROW, act=an_act("duty_officer", staff_id=first.id))

        assert await emergencies.climb_next(act=an_act("system"))
        assert await told(second, "emergency_climbs")

    async def test_parts_of_projects_pass_on_too(self, town: dict[str, Staff]) -> None:
        zhao = await a_member_of_staff("zhao", "designer")
        qian = await a_member_of_staff("qian", "designer")
        filed = await an_application(address="新郑市薛店镇工业路66号", customer_kind="non_resident")
        await PreServiceProject.filter(id=filed.project_id).update(designer_id=zhao.id, stage="designing")

        await absences.leave(zhao.id, TOMORROW, act=an_act("designer", staff_id=zhao.id))

        assert (await PreServiceProject.get(id=filed.project_id)).designer_id == qian.id

    async def test_only_oneself_and_the_department_s_supervisor_may(self, town: dict[str, Staff]) -> None:
        await a_member_of_staff("other_chief", "supervisor", department="engineering")
        stranger = await Staff.get(login="other_chief")
        for who in (town["li"], stranger):
            with pytest.raises(Forbidden):
                await absences.leave(town["wang"].id, TOMORROW, act=an_act("supervisor", staff_id=who.id))
        with pytest.raises(InvalidField):
            await absences.leave(
                town["wang"].id, MONDAY_15, act=an_act("supervisor", staff_id=town["chief"].id)
            )

    async def test_a_filing_of_the_same_moment_is_not_left_behind(self, town: dict[str, Staff]) -> None:
        customers = [await a_customer() for _ in range(6)]

        async def file(room: int) -> None:
            filing = Filing(
                customer_kind="resident",
                contact_name="张三",
                contact_phone=f"1381234567{room}",
                address=f"{ADDRESS}{room}",
                channel="official_account",
            )
            await applications.accept(filing, act=an_act(customer_id=customers[room].id))

        going = absences.leave(town["wang"].id, TOMORROW, act=an_act("supervisor", staff_id=town["chief"].id))
        await asyncio.gather(*(file(room) for room in range(3)), going, *(file(room) for room in range(3, 6)))
        assert not await ConnectionApplication.exists(manager_id=town["wang"].id)
        assert await ConnectionApplication.filter(manager_id=town["li"].id).count() == 6


class TestReassign:
    async def test_both_managers_and_the_customer_are_told(self, town: dict[str, Staff]) -> None:
        filed = await an_application()
        await hand_over.reassign(
            filed.number, town["li"].id, "顺路", act=an_act("supervisor", staff_id=town["chief"].id)
        )
        assert await told(town["li"], "case_handed_over")
        [gone] = await told(town["wang"], "case_taken_away")
        assert gone.facts["manager_name"] == "li"
        [changed] = await OutboxMessage.filter(message="manager_changed")
        assert changed.facts["manager_name"] == "li"

    async def test_nobody_gets_it_who_could_not_do_it(self, town: dict[str, Staff]) -> None:
        filed = await an_application()
        chief = an_act("supervisor", staff_id=town["chief"].id)
        await absences.leave(town["li"].id, TOMORROW, act=chief)
        for person in (town["li"], town["chief"], town["wang"]):
            with pytest.raises(InvalidField):
                await hand_over.reassign(filed.number, person.id, None, act=chief)


async def test_the_least_loaded_counts_what_is_under_way_alone(town: dict[str, Staff]) -> None:
    busy = await a_member_of_staff("busy", "designer")
    done = await a_member_of_staff("done", "designer")
    filed = await an_application(address="新郑市薛店镇工业路66号", customer_kind="non_resident")
    await PreServiceProject.filter(id=filed.project_id).update(designer_id=busy.id, stage="designing")
    await PreServiceProject.exclude(id=filed.project_id).update(designer_id=done.id)
    assert await assignments.least_busy("designer", now=MONDAY_15) == done.id
