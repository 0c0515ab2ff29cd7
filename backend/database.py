"""Opens PostgreSQL for every process of the service, and brings its tables up to date."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
from tortoise import Tortoise
from tortoise.config import AppConfig, ConnectionConfig, TortoiseConfig
from tortoise.exceptions import DBConnectionError
from tortoise.migrations.api import migrate as run_migrations

from backend.pooler import connect, connector, is_direct

_AWAY = (
    OSError,
    TimeoutError,
    DBConnectionError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # "another operation is in progress": cut between two steps of one statement
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.TooManyConnectionsError,
)
_LEFT = """
SELECT current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
    - coalesce(current_setting('reserved_connections', true), '0')::int - count(*)
FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()
"""
_log = logging.getLogger(__name__)
_replica: Any = None
_MIGRATION_LOCK = 510_051  # one number for all processes of this service; nothing else takes it
# Seconds. A machine that lost its power closes no connection: without an end of ours a sweep would wait for a quarter of
# an hour on it. Nothing we do takes this long but migrations, which have no end.
_LONGEST_STATEMENT = 30.0
_NEXT_TRY = 0.05  # seconds


async def _leave_as_it_is(_: Any) -> None:
    """Nothing of ours outlives its transaction on a connection (no session locks, settings or listeners): to reset it
    on its way back to the pool would be one more round trip for each statement. An open transaction asyncpg ends."""


def configuration(url: str, *, connections: int = 10, patience: float | None = None) -> TortoiseConfig:
    """The database behind `url` with at most so many connections in this process, and so many seconds a statement."""
    opens = connector(url, command_timeout=patience)
    pool = {"connect": opens, "minsize": 1, "maxsize": connections, "reset": _leave_as_it_is}
    return TortoiseConfig(
        connections={"default": ConnectionConfig("backend.connections", pool)},
        apps={
            "models": AppConfig(
                models=["backend.models"],
                default_connection="default",
                migrations="backend.models.migrations",
            )
        },
        use_tz=True,
        timezone="UTC",
    )


async def open_database(url: str, *, connections: int = 10, replica_url: str | None = None) -> None:
    """Connects this process; handlers of every task share the pool. The replica is connected to when it is asked."""
    global _replica  # noqa: PLW0603  a process has one, beside Tortoise: with two databases every transaction would name its own
    known = configuration(url, connections=connections, patience=_LONGEST_STATEMENT)
    await Tortoise.init(config=known, _enable_global_fallback=True)
    if replica_url is not None:
        _replica = await asyncpg.create_pool(
            connect=connector(replica_url, command_timeout=_LONGEST_STATEMENT),
            min_size=0,
            max_size=connections,
            reset=_leave_as_it_is,
        )


def find_replica() -> Any:
    """asyncpg's pool to the replica, for reads that a second's delay does not harm; None where there is none."""
    return _replica


async def close_database() -> None:
    """Gives every connection of this process back."""
    global _replica  # noqa: PLW0603  see `open_database`
    if _replica is not None:
        await _replica.close()
        _replica = None
    await Tortoise.close_connections()


async def migrate(url: str) -> None:
    """Applies what is missing; of many processes that start at once one migrates and the others wait for it."""
    async with _alone(url):
        await run_migrations(config=configuration(url, connections=2))
        await Tortoise.close_connections()


async def warn_of_few_connections(url: str, *, wanted: int) -> None:
    """Says so when PostgreSQL has fewer connections left than we may ask for; a pooler lets us wait instead."""
    connection = await connect(url)
    try:
        left = await connection.fetchval(_LEFT) if await is_direct(connection) else wanted
    finally:
        await connection.close()
    if left < wanted:
        _log.warning("PostgreSQL may run out of connections: wanted %d, left %d", wanted, left)


@asynccontextmanager
async def _alone(url: str) -> AsyncIterator[None]:
    """Holds the migration lock; a transaction's, for a pooler breaks a session's. Who waits holds none of the pooler's
    connections meanwhile: the one who migrates may need the last."""
    connection = await connect(url)
    try:
        while True:
            async with connection.transaction():
                if await connection.fetchval("SELECT pg_try_advisory_xact_lock($1)", _MIGRATION_LOCK):
                    yield
                    return
            await asyncio.sleep(_NEXT_TRY)
    finally:
        await connection.close()


def is_away(error: BaseException | None) -> bool:
    """Whether this error means that PostgreSQL, not our statement, is the trouble."""
    while error is not None:
        if isinstance(error, _AWAY):
            return True
        error = error.__cause__ or error.__context__
    return False
