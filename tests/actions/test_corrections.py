"""What was recorded wrongly is put right: the old value stays, the clocks follow, the right people hear."""

from datetime import timedelta
from typing import Any

import pytest

from backend.actions import applications, corrections, ignition, visits
from backend.actions.corrections import Correction
from backend.models import (
    AuditEntry,
    CaseClock,
    ConnectionApplication,
    Customer,
    Document,
    Event,
    OutboxMessage,
    PreServiceProject,
    Staff,
    Task,
)
from backend.rules.errors import DuplicateApplication, InvalidField, NotAllowed
from backend.rules.filing import Filing
from backend.rules.stages import Role
from tests.support.builders import (
    ADDRESS,
    MONDAY_15,
    a_customer,
    a_member_of_staff,
    an_accepted_site,
    an_act,
    an_application,
)

ELSEWHERE = "新郑市薛店镇工业路66号"


@pytest.fixture
async def people(database: str) -> dict[str, Staff]:
    await an_accepted_site()
    logins: list[Role] = ["customer_manager", "supervisor", "counter_clerk"]
    return {login: await a_member_of_staff(login) for login in logins}


async def correct(
    case: ConnectionApplication, people: dict[str, Staff], **wanted: Any
) -> ConnectionApplication:
    act = an_act("counter_clerk", MONDAY_15 + timedelta(hours=1), staff_id=people["counter_clerk"].id)
    return await corrections.correct(case.number, Correction(reason="登记时听错了", **wanted), act=act)


async def by_hotline(people: dict[str, Staff], phone: str, address: str = ADDRESS) -> ConnectionApplication:
    agent = await Staff.get_or_none(login="hotline_agent") or await a_member_of_staff("hotline_agent")
    filing = Filing(
        customer_kind="resident", contact_name="张三", contact_phone=phone, address=address, channel="hotline"
    )
    return await applications.accept(filing, act=an_act("hotline_agent", staff_id=agent.id))


async def ignited(people: dict[str, Staff]) -> ConnectionApplication:
    case = await an_application()
    manager = an_act("customer_manager", staff_id=people["customer_manager"].id)
    visit = await visits.book(case.number, MONDAY_15, act=manager)
    await visits.check_in(visit.id, visits.CheckIn(), act=manager)
    await Document.create(
        kind="identity", application_id=case.id, staff_id=manager.staff_id, received_at=MONDAY_15
    )
    return await ignition.ignite(case.number, "M1", act=manager)


class TestFields:
    async def test_old_and_new_value_stay_with_the_reason(self, people: dict[str, Staff]) -> None:
        case = await an_application()
        changed = await correct(case, people, contact_name="章三", address=ADDRESS + "甲")
        assert (changed.contact_name, changed.stage) == ("章三", "accepted")
        event = await Event.get(application_id=case.id, name="corrected")
        assert event.facts["before"] == {"contact_name": "张三", "address": ADDRESS}
        assert event.facts["after"] == {"contact_name": "章三", "address": ADDRESS + "甲"}
        entry = await AuditEntry.get(action="corrected")
        assert (entry.staff_id, entry.facts["reason"]) == (people["counter_clerk"].id, "登记时听错了")
        [told] = await OutboxMessage.filter(message="corrected", customer_id=case.customer_id)
        assert told.facts["changed"] == "联系人、地址"

    async def test_a_wrong_phone_of_a_filed_case_leads_to_the_right_customer(
        self, people: dict[str, Staff]
    ) -> None:
        stranger = await a_customer()
        await Customer.filter(id=stranger.id).update(phone="13811110000", phone_verified_at=MONDAY_15)
        case = await by_hotline(people, "13811110000")
        assert case.customer_id == stranger.id
        changed = await correct(case, people, contact_phone="13811112222")
        assert changed.customer_id != stranger.id
        [told] = await OutboxMessage.filter(message="corrected").exclude(customer_id=None)
        assert told.customer_id == changed.customer_id

    async def test_who_asked_in_the_chat_stays_the_customer(self, people: dict[str, Staff]) -> None:
        case = await an_application()
        assert (await correct(case, people, contact_phone="13811112222")).customer_id == case.customer_id

    async def test_nothing_to_put_right_is_said(self, people: dict[str, Staff]) -> None:
        case = await an_application()
        for wanted in ({}, {"contact_name": "张三"}, {"meter_number": "M2"}):
            with pytest.raises(InvalidField):
                await correct(case, people, **wanted)

    async def test_it_must_not_become_a_second_one_of_the_same(self, people: dict[str, Staff]) -> None:
        first = await by_hotline(people, "13811110000")
        second = await by_hotline(people, "13811110000", ADDRESS + "乙")
        with pytest.raises(DuplicateApplication, match=first.number):
            await correct(second, people, address=ADDRESS)
        assert (await ConnectionApplication.get(id=second.id)).address == ADDRESS + "乙"


class TestAnotherSite:
    async def test_a_site_without_a_project_makes_it_wait_and_stops_the_ignition_clock(
        self, people: dict[str, Staff]
    ) -> None:
        case = await an_application()
        changed = await correct(case, people, address=ELSEWHERE)
        assert changed.stage == "awaiting_project"
        assert (await CaseClock.get(application_id=case.id, kind="ignition")).state == "cancelled"
        project = await PreServiceProject.get(id=changed.project_id)
        assert (project.stage, project.manager_id) == ("lead", case.manager_id)

    async def test_an_accepted_site_starts_it_and_the_mistaken_project_is_given_up(
        self, people: dict[str, Staff]
    ) -> None:
        case = await an_application(address=ELSEWHERE)
        mistaken = case.project_id
        changed = await correct(case, people, address=ADDRESS)
        assert changed.stage == "accepted"
        clock = await CaseClock.get(application_id=case.id, kind="ignition")
        assert (clock.state, clock.due_at) == ("running", MONDAY_15 + timedelta(hours=25))
        assert (await PreServiceProject.get(id=mistaken)).stage == "cancelled"
        assert not await Task.exists(project_id=mistaken, state="open")

    async def test_another_kind_asks_for_other_papers(self, people: dict[str, Staff]) -> None:
        case = await an_application()
        changed = await correct(case, people, customer_kind="non_resident")
        assert changed.stage == "awaiting_project"
        assert await Task.filter(application_id=case.id, kind="collect_documents", state="open").count() == 1

    async def test_an_address_that_is_none_is_refused(self, people: dict[str, Staff]) -> None:
        with pytest.raises(InvalidField):
            await correct(await an_application(), people, address="新郑市")


class TestIgnitionOfTheWrongCase:
    async def test_it_is_taken_back_and_the_clock_runs_on(self, people: dict[str, Staff]) -> None:
        case = await ignited(people)
        chief = an_act("supervisor", MONDAY_15 + timedelta(hours=5), staff_id=people["supervisor"].id)
        undone = await corrections.undo_ignition(case.number, "记到了隔壁", act=chief)
        assert (undone.stage, undone.meter_number, undone.ignited_at) == ("visited", None, None)
        clock = await CaseClock.get(application_id=case.id, kind="ignition")
        assert (clock.state, clock.due_at) == ("running", MONDAY_15 + timedelta(days=1))
        [task] = await Task.filter(application_id=case.id, kind="ignition", state="open")
        assert task.due_at == clock.due_at
        event = await Event.get(application_id=case.id, name="ignition_undone")
        assert event.facts["before"] == {"meter_number": "M1"}
        assert await OutboxMessage.exists(message="ignition_undone", customer_id=case.customer_id)

    async def test_only_a_supervisor_may(self, people: dict[str, Staff]) -> None:
        case = await ignited(people)
        manager = an_act("customer_manager", staff_id=people["customer_manager"].id)
        with pytest.raises(NotAllowed):
            await corrections.undo_ignition(case.number, "记错", act=manager)

    async def test_a_wrong_meter_number_is_put_right(self, people: dict[str, Staff]) -> None:
        case = await ignited(people)
        assert (await correct(case, people, meter_number="M2")).meter_number == "M2"
        assert (await ConnectionApplication.get(id=case.id)).stage == "ignited"
