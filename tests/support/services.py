"""One migrated database for the whole run, emptied before each test: a thousandth of a second instead of a new database."""

import asyncpg

from backend import database


def for_asyncpg(url: str) -> str:
    """The address as a bare asyncpg or psql takes it."""
    return url.replace("asyncpg://", "postgresql://", 1)


async def create_migrated(maintenance_url: str, name: str) -> str:
    """Make the database `name` with the service's tables; its address."""
    connection = await asyncpg.connect(for_asyncpg(maintenance_url))
    try:
        await connection.execute(f'CREATE DATABASE "{name}"')
    finally:
        await connection.close()
    url = maintenance_url.replace("/postgres?", f"/{name}?", 1)
    await database.migrate(url)
    return url


async def empty(url: str) -> None:
    """Delete every row but the record of migrations, whoever left it there or still holds a lock on it."""
    connection = await asyncpg.connect(for_asyncpg(url))
    try:
        await connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        tables = await connection.fetch(
            "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE '%migrations'"
        )
        # Without triggers: neither foreign keys nor append-only guards stand in the way of starting afresh.
        deletes = "".join(f"DELETE FROM {table};" for (table,) in tables)
        await connection.execute(f"SET session_replication_role = replica; {deletes}")
    finally:
        await connection.close()
