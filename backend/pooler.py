"""Connections to PostgreSQL, directly or through a pooler such as pgbouncer."""

import secrets
from collections.abc import Awaitable, Callable
from typing import Any

import asyncpg

_PATIENCE = 5.0  # seconds for a connection: a machine that has gone answers nothing at all

Connect = Callable[..., Awaitable[asyncpg.Connection]]


def connector(url: str, **how: Any) -> Connect:
    """What asyncpg's pools call for a connection to `url`, which says all: host, account, TLS, several hosts."""

    async def opened(*_: Any, loop: Any, connection_class: Any, record_class: Any, **__: Any) -> Any:
        kind = {"connection_class": connection_class, "record_class": record_class}
        return await connect(url, loop=loop, **kind, **how)

    return opened


async def connect(url: str, **how: Any) -> asyncpg.Connection:
    """As asyncpg's, but without its cache of prepared statements where these get lost.

    A pooler in transaction mode may answer each transaction on another connection of its own, which knows nothing of a
    statement prepared on the last. pgbouncer from 1.21 on takes care of that itself, unless `max_prepared_statements` is 0;
    before that each statement costs one more round trip.
    """
    address = url.replace("asyncpg://", "postgres://", 1)
    how |= {"timeout": _PATIENCE}
    connection = await asyncpg.connect(address, **how)
    try:
        if await is_direct(connection) or await _is_renaming(connection):
            return connection
    except BaseException:  # nobody else knows of it yet
        connection.terminate()
        raise
    await connection.close()
    return await asyncpg.connect(address, **how, statement_cache_size=0)


async def is_direct(connection: asyncpg.Connection) -> bool:
    """Whether the process that greeted us is the one that answers: a pooler greets with a number of its own."""
    return await _exists(connection, f"SELECT WHERE pg_backend_pid() = {connection.get_server_pid()}")


async def _is_renaming(connection: asyncpg.Connection) -> bool:
    """Whether the pooler gives our statements names of its own, and so finds or makes them where it needs them."""
    name = f"lantian_{secrets.token_hex(8)}"  # the server's connection is not ours alone
    async with connection.transaction():
        await connection.prepare("SELECT 1", name=name)
        if await _exists(connection, f"SELECT FROM pg_prepared_statements WHERE name = '{name}'"):
            await connection.execute(f"DEALLOCATE {name}")
            return False
    return True


async def _exists(connection: asyncpg.Connection, query: str) -> bool:
    """Asked without arguments, for only then asyncpg prepares nothing."""
    return bool(await connection.execute(query) != "SELECT 0")
