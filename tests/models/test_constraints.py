"""What the database itself refuses: each rule is there, and holds."""

import importlib
from collections.abc import AsyncIterator

import asyncpg
import pytest
from asyncpg import CheckViolationError, UniqueViolationError

from tests.support.services import for_asyncpg

RULES = importlib.import_module("backend.models.migrations.0002_constraints").RULES

_PEOPLE = """
INSERT INTO staff (id, login, name, phone, password_hash, roles, department, districts, rota_order, active, created_at)
VALUES (1, 'a', '甲', '1', 'x', '{}', 'd', '{}', 0, true, now());
INSERT INTO customers (id, created_at) VALUES (1, now()), (2, now());
INSERT INTO sites (id, name, key, customer_kind, district, created_at) VALUES (1, '园', '园', 'resident', '镇', now());
"""
_APPLICATION = """
INSERT INTO applications (number, customer_id, site_id, project_id, customer_kind, contact_name, contact_phone, address,
    address_key, district, channel, street_canvass, on_behalf_consent, agent_consent, stage, stage_at, filed_at, twin, policy_version)
VALUES ('{number}', 1, 1, 1, 'resident', '张', '1', '园1', '园1', '镇', 'outlet', false, false, false, 'accepted', now(), now(),
    false, '1')
"""
_CLOCK = """
INSERT INTO clocks ({case}, kind, reading, "limit", state, started_at, due_at, rest, late, policy_version)
VALUES (1, 'design', 'natural', 1, 'running', now(), {due}, {rest}, false, '1')
"""
_PROJECT = """
INSERT INTO projects (id, site_id, customer_kind, address, stage, policy_version, opened_at, stage_at)
VALUES ({id}, 1, 'resident', '园', 'lead', '1', now(), now())
"""


@pytest.fixture
async def sql(database_url: str) -> AsyncIterator[asyncpg.Connection]:
    """A connection with one member of staff, two customers, a site and its project."""
    connection = await asyncpg.connect(for_asyncpg(database_url))
    await connection.execute(_PEOPLE)
    await connection.execute(_PROJECT.format(id=1))
    yield connection
    await connection.close()


async def test_every_rule_of_the_migration_is_in_the_database(sql: asyncpg.Connection) -> None:
    found = await sql.fetch(
        "SELECT conname AS name FROM pg_constraint UNION SELECT indexname FROM pg_indexes"
    )
    assert set(RULES) <= {row["name"] for row in found}


class TestOnce:
    async def test_a_customer_has_one_open_application_at_an_address(self, sql: asyncpg.Connection) -> None:
        await sql.execute(_APPLICATION.format(number="1"))
        with pytest.raises(UniqueViolationError, match="applications_once"):
            await sql.execute(_APPLICATION.format(number="2"))

    async def test_a_finished_application_stands_in_nobodys_way(self, sql: asyncpg.Connection) -> None:
        await sql.execute(_APPLICATION.format(number="1"))
        await sql.execute("UPDATE applications SET stage = 'ignited'")
        await sql.execute(_APPLICATION.format(number="2"))

    async def test_a_site_has_one_project(self, sql: asyncpg.Connection) -> None:
        with pytest.raises(UniqueViolationError, match="projects_once"):
            await sql.execute(_PROJECT.format(id=2))

    @pytest.mark.parametrize("case", ["application_id", "project_id"])
    async def test_a_case_has_one_open_clock_of_a_kind(self, case: str, sql: asyncpg.Connection) -> None:
        await sql.execute(_APPLICATION.format(number="1"))
        await sql.execute("UPDATE applications SET id = 1")
        await sql.execute(_CLOCK.format(case=case, due="now()", rest="NULL"))
        with pytest.raises(UniqueViolationError, match="clocks_once"):
            await sql.execute(_CLOCK.format(case=case, due="now()", rest="NULL"))
        await sql.execute("UPDATE clocks SET state = 'met'")
        await sql.execute(_CLOCK.format(case=case, due="now()", rest="NULL"))

    @pytest.mark.parametrize(
        ("table", "open_row"),
        [
            ("visits", {"application_id": "1", "state": "'booked'"}),
            ("visits", {"project_id": "1", "purpose": "'survey'", "state": "'booked'"}),
            ("acceptance_rounds", {"project_id": "1", "stage": "'convened'"}),
            ("work_orders", {"project_id": "1", "stage": "'issued'"}),
            ("clock_holds", {"clock_id": "1"}),
        ],
    )
    async def test_a_case_has_one_open_appointment_round_and_order(
        self, table: str, open_row: dict[str, str], sql: asyncpg.Connection
    ) -> None:
        await _copy(sql, table)
        insert = f"INSERT INTO copy ({', '.join(open_row)}) VALUES ({', '.join(open_row.values())})"
        await sql.execute(insert)
        with pytest.raises(UniqueViolationError):
            await sql.execute(insert)


class TestShape:
    async def test_a_clock_is_due_or_stands_still(self, sql: asyncpg.Connection) -> None:
        for due, rest in (("NULL", "NULL"), ("now()", "1")):
            with pytest.raises(CheckViolationError, match="clocks_due_or_rest"):
                await sql.execute(_CLOCK.format(case="project_id", due=due, rest=rest))

    @pytest.mark.parametrize("table", ["clocks", "pauses", "events", "visits"])
    async def test_a_row_belongs_to_one_case(self, table: str, sql: asyncpg.Connection) -> None:
        await _violate_one_of_two(sql, table, "application_id", "project_id")

    @pytest.mark.parametrize("table", ["outbox", "inbox_items"])
    async def test_a_message_is_to_one_person(self, table: str, sql: asyncpg.Connection) -> None:
        await _violate_one_of_two(sql, table, "customer_id", "staff_id")

    async def test_a_rating_is_one_to_five(self, sql: asyncpg.Connection) -> None:
        await sql.execute(_APPLICATION.format(number="1"))
        for score in (0, 6):
            with pytest.raises(CheckViolationError, match="applications_rating"):
                await sql.execute("UPDATE applications SET rating = $1", score)


async def _violate_one_of_two(sql: asyncpg.Connection, table: str, *columns: str) -> None:
    await _copy(sql, table)
    await sql.execute("ALTER TABLE copy DROP CONSTRAINT IF EXISTS clocks_due_or_rest")
    await sql.execute(f"INSERT INTO copy ({columns[0]}) VALUES (1)")
    with pytest.raises(CheckViolationError, match="_one_"):
        await sql.execute("INSERT INTO copy DEFAULT VALUES")
    with pytest.raises(CheckViolationError, match="_one_"):
        await sql.execute(f"INSERT INTO copy ({', '.join(columns)}) VALUES (1, 1)")


async def _copy(sql: asyncpg.Connection, table: str) -> None:
    """A copy of the table with its checks and indexes, and nothing else that could be in the way."""
    await sql.execute(f"CREATE TEMPORARY TABLE copy (LIKE {table} INCLUDING CONSTRAINTS INCLUDING INDEXES)")
    keys = await sql.fetch(
        "SELECT conname FROM pg_constraint WHERE conrelid = 'copy'::regclass AND contype = 'p'"
    )
    for (key,) in keys:
        await sql.execute(f"ALTER TABLE copy DROP CONSTRAINT {key}")
    required = await sql.fetch(
        "SELECT attname FROM pg_attribute WHERE attrelid = 'copy'::regclass AND attnum > 0 AND attnotnull"
    )
    for (column,) in required:
        await sql.execute(f'ALTER TABLE copy ALTER "{column}" DROP NOT NULL')
