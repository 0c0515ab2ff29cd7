"""Millions of rows by the database itself: indexes are built once at the end and foreign keys taken for kept; row by row both
take ten times as long."""

from collections.abc import Sequence
from typing import TypeAlias

import asyncpg

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"

PATIENCE = 1800  # seconds for one statement
_FAST = "SET LOCAL session_replication_role = replica; SET LOCAL maintenance_work_mem = '1GB'; SET LOCAL work_mem = '256MB'"
_INDEXES = """
SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition
FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
WHERE t.relname = ANY($1) AND t.relnamespace = 'public'::regnamespace AND NOT i.indisprimary
    AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)
"""


async def fill(connection: Connection, tables: Sequence[str], statements: Sequence[str]) -> None:
    """Runs the statements, which write to these tables alone, all or nothing."""
    async with connection.transaction():
        await connection.execute(_FAST)
        indexes = await connection.fetch(_INDEXES, list(tables))
        for index in indexes:
            await connection.execute(f"DROP INDEX {index['name']}")
        for statement in statements:
            await connection.execute(statement, timeout=PATIENCE)
        for index in indexes:
            await connection.execute(index["definition"], timeout=PATIENCE)


async def settle(connection: Connection, tables: str = "") -> None:
    """Leaves PostgreSQL nothing to do behind the rows that were written: else its work is timed with what is measured."""
    await connection.execute(f"VACUUM ANALYZE {tables}", timeout=PATIENCE)
    await connection.execute("CHECKPOINT", timeout=PATIENCE)
