"""A property manager asks for a whole community at once."""

from dataclasses import replace

import pytest

from backend.actions import bulk_filing
from backend.actions.act import Act
from backend.actions.bulk_filing import Agent
from backend.models import ConnectionApplication, InboxItem, OutboxMessage, Staff, Task
from backend.rules.filing import Filing
from tests.support.builders import a_member_of_staff, an_accepted_site, an_act

AGENT = Agent(name="锦园物业", phone="13811110000")


def row(room: int, address: str = "新郑市龙湖镇龙湖锦园3号楼") -> Filing:
    return Filing(
        customer_kind="resident",
        contact_name="锦园物业",
        contact_phone=AGENT.phone,
        address=f"{address}{room}",
        channel="hotline",
        agent_name=AGENT.name,
        agent_consent=True,
    )


@pytest.fixture
async def act(database: str) -> Act:
    await an_accepted_site()
    await a_member_of_staff("customer_manager", districts=["龙湖镇"])
    return an_act("hotline_agent", staff_id=(await a_member_of_staff("hotline_agent")).id)


async def test_each_row_is_an_application_or_says_why_not(act: Act) -> None:
    rows = [(1, row(101)), (2, row(102)), (3, row(101)), (4, row(0, "新郑市")), (5, row(103))]
    outcomes = await bulk_filing.file(AGENT, rows, act=act)
    assert [one.number is not None for one in outcomes] == [True, True, False, False, True]
    assert outcomes[2].refusal is not None
    assert outcomes[2].refusal.facts == {"number": outcomes[0].number}
    assert await ConnectionApplication.filter(agent_name="锦园物业", agent_consent=True).count() == 3


async def test_the_manager_has_one_digest_and_the_agent_one_message(act: Act) -> None:
    rows = [(place, row(100 + place)) for place in range(1, 41)]
    outcomes = await bulk_filing.file(AGENT, rows, act=act)
    manager = await Staff.get(login="customer_manager")
    [digest] = await OutboxMessage.filter(staff_id=manager.id)
    assert (digest.message, digest.facts["count"]) == ("task_digest", "40")
    item = await InboxItem.get(message_id=digest.id)
    assert all(one.number is not None and one.number in item.body for one in outcomes)
    [told] = await OutboxMessage.exclude(customer_id=None)
    assert (told.message, told.facts["count"]) == ("bulk_accepted", "40")
    assert told.facts["numbers"] == f"{outcomes[0].number}至{outcomes[-1].number}"


async def test_asked_again_nothing_is_doubled(act: Act) -> None:
    rows = [(1, row(101)), (2, row(102))]
    await bulk_filing.file(AGENT, rows, act=act)
    again = await bulk_filing.file(AGENT, rows, act=act)
    assert {one.refusal.code for one in again if one.refusal} == {"duplicate_application"}
    assert await ConnectionApplication.all().count() == 2
    assert await OutboxMessage.filter(message="bulk_accepted").count() == 1


async def test_a_new_community_is_one_project_and_its_visit_is_in_the_digest(act: Act) -> None:
    await bulk_filing.file(AGENT, [(n, row(n, "新郑市龙湖镇望湖苑1号楼")) for n in (101, 102)], act=act)
    assert await ConnectionApplication.filter(stage="awaiting_project").count() == 2
    manager = await Staff.get(login="customer_manager")
    [digest] = await OutboxMessage.filter(staff_id=manager.id)
    assert digest.facts["count"] == "3"


async def test_with_nobody_to_do_them_the_supervisors_hear_it_once(act: Act) -> None:
    await Staff.filter(login="customer_manager").update(active=False)
    chief = await a_member_of_staff("supervisor")
    await bulk_filing.file(AGENT, [(n, row(n)) for n in (101, 102)], act=act)
    letters = await OutboxMessage.filter(staff_id=chief.id, message="unassigned")
    assert len({letter.facts["number"] for letter in letters}) == 1


async def test_at_a_counter_nobody_s_papers_hold_it_up_and_the_manager_collects_them(act: Act) -> None:
    clerk = an_act("counter_clerk", staff_id=(await a_member_of_staff("counter_clerk")).id)
    [outcome] = await bulk_filing.file(AGENT, [(1, replace(row(101), channel="outlet"))], act=clerk)
    filed = await ConnectionApplication.get(number=outcome.number)
    assert await Task.exists(application_id=filed.id, kind="collect_documents", state="open")
