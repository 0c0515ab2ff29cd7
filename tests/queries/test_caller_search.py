"""Whom the hotline finds while typing, and that every way goes through an index."""

import pytest

from backend.actions.hotline import CallNote, log_call
from backend.queries import caller_search
from tests.support.builders import a_member_of_staff, an_accepted_site, an_act, an_application

pytestmark = pytest.mark.usefixtures("database")


async def numbers(text: str) -> list[str | None]:
    return [match.number for match in (await caller_search.find(text)).matches]


@pytest.fixture
async def number(database: str) -> str:
    await an_accepted_site()
    case = await an_application(
        contact_name="顾来电", contact_phone="13912345678", address="新郑市龙湖镇龙湖锦园三号楼501"
    )
    await an_application(contact_name="别人", contact_phone="15800000000", address="新郑市薛店镇常刘村18号")
    return case.number


@pytest.mark.parametrize(
    "text",
    [
        "13912345678",
        "1391",
        "5678",
        "顾来",
        "顾来电",
        "龙湖锦园3号楼",
        "新郑市龙湖镇龙湖锦园三号楼501",
        "锦园",
        "锦园3号",
    ],
)
async def test_one_of_two_is_found(number: str, text: str) -> None:
    assert await numbers(text) == [number]


@pytest.mark.parametrize("text", ["3号锦园", "锦园5号", "锦园33号", "新郑市龙湖镇龙湖锦园四号楼"])
async def test_another_door_is_not(number: str, text: str) -> None:
    assert await numbers(text) == []


async def test_a_number_is_found_whatever_its_case(number: str) -> None:
    assert number in await numbers(number.lower())
    assert number in await numbers(number[:10])


@pytest.mark.parametrize("text", ["", "1", "999", "查无此人", "100%", "_", "XZ1999", "'; DROP TABLE calls"])
async def test_nobody(number: str, text: str) -> None:
    assert await numbers(text) == []


async def test_who_called_without_a_case_is_found_by_phone(number: str) -> None:
    agent = await a_member_of_staff("hotline_agent")
    note = CallNote(caller_phone="17700001111", kind="enquiry", content="问价格")
    await log_call(note, act=an_act("hotline_agent", staff_id=agent.id))
    [match] = (await caller_search.find("177000")).matches
    assert (match.phone, match.number) == ("17700001111", None)


async def test_of_many_the_newest_are_shown_and_that_there_are_more(number: str) -> None:
    filed = [
        (await an_application(contact_name="许多", address=f"新郑市龙湖镇龙湖锦园9号楼{door}")).number
        for door in range(caller_search.MOST + 1)
    ]
    found = await caller_search.find("许多")
    assert [match.number for match in found.matches] == filed[: -caller_search.MOST - 1 : -1]
    assert found.more
    by_number = await caller_search.find(filed[0][:8])
    assert by_number.matches[0].number == max(filed)
    assert by_number.more
    assert not (await caller_search.find("顾来")).more
