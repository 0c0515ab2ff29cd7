"""Nobody's look costs more for the years behind it: among almost twice as many cases it reads as many rows."""

from collections.abc import AsyncIterator, Awaitable, Callable

import asyncpg
import pytest
from tortoise.transactions import in_transaction

from backend import clock
from backend.queries.rows import rows
from bench import growth, history
from tests.support.builders import a_member_of_staff
from tests.support.services import for_asyncpg

_READ = """
SELECT sum(pg_stat_get_xact_tuples_returned(c.oid) + pg_stat_get_xact_tuples_fetched(c.oid))::int AS read
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind IN ('r', 'i')
"""
_FEW, _MANY = 12_500, 22_000  # of `history`: more than it files in a month, all that is open among the few
_SOME = 200  # rows that a plan may differ by


@pytest.fixture
async def connection(database: str) -> AsyncIterator[asyncpg.Connection]:
    """Beside the models' own; it leaves no page behind."""
    opened = await asyncpg.connect(for_asyncpg(database))
    yield opened
    await opened.execute("TRUNCATE customers, sites CASCADE")
    await opened.close()


async def read_by(look: Callable[[], Awaitable[object]]) -> int:
    """Rows of tables and indexes that all statements of one look read."""
    async with in_transaction():
        await look()
        (counted,) = await rows(_READ)
    return int(counted["read"])


async def test_every_look_reads_as_many_rows_however_long_the_past(connection: asyncpg.Connection) -> None:
    await a_member_of_staff("supervisor")
    now, read = clock.real_now(), []
    for there, wanted in ((0, _FEW), (_FEW, _MANY)):
        await history.grow(connection, there, wanted, newest_at=now)
        looks = await growth.looks(connection)
        read.append({name: await read_by(look) for name, look in looks.items()})
    few, many = read
    assert {name: (few[name], rows) for name, rows in many.items() if rows > 1.2 * few[name] + _SOME} == {}
