"""Whom the hotline finds while typing, and that every way goes through an index."""

import pytest
from tortoise import connections

from backend.actions.hotline import CallNote, log_call
from backend.queries import caller_search
from tests.support.builders import a_member_of_staff, an_accepted_site, an_act, an_application

pytestmark = pytest.mark.usefixtures("database")


async def numbers(text: str) -> list[str | None]:
    return [match.number for match in await caller_search.find(text)]


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
    [match] = await caller_search.find("177000")
    assert (match.phone, match.number) == ("17700001111", None)


async def test_every_way_goes_through_an_index(number: str) -> None:
    """Told to avoid whole-table scans where it can, the planner finds an index for each way."""
    connection = connections.get("default")
    for statement, values in (
        (caller_search._BY_ADDRESS, ["顾来", "顾来", ""]),
        (caller_search._CALLERS, ["1391"]),
    ):
        asked = [values[0], caller_search._LAST, caller_search.MOST, *values[1:]]
        literal = statement
        for place, value in reversed(list(enumerate(asked, start=1))):
            literal = literal.replace(f"${place}", str(value) if isinstance(value, int) else f"'{value}'")
        await connection.execute_query("SET enable_seqscan = off")
        plan = await connection.execute_query_dict(f"EXPLAIN {literal}")
        await connection.execute_query("RESET enable_seqscan")
        lines = "\n".join(str(row["QUERY PLAN"]) for row in plan)
        assert "Seq Scan on applications" not in lines
        assert "Seq Scan on calls" not in lines
