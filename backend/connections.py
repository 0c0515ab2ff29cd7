"""How our transactions hold a connection: Tortoise's own way loses one when a transaction is cancelled as it begins.

This module is an engine as Tortoise wants it: it takes `client_class`.
"""

from contextlib import suppress
from typing import Any

import asyncpg
from tortoise.backends.asyncpg.client import AsyncpgDBClient, TransactionWrapper
from tortoise.backends.base.client import TransactionContext, TransactionContextPooled
from tortoise.connection import get_connections


class _Transaction(TransactionWrapper):
    def try_drop(self) -> bool:
        """Closes the connection, for nobody knows what is open on it; the pool makes a new one. False: there is none."""
        if self._connection is None:
            return False
        with suppress(asyncpg.InterfaceError):  # closed and given back already
            self._connection.terminate()
        return True


class _Block(TransactionContextPooled):
    """Leaves nothing behind however it ends.

    Somebody who hangs up, or a time-out, cancels whatever statement is under way. When that is BEGIN, Tortoise never
    gives the connection back, and the task goes on speaking on it: ten of these, and the process has none left.
    """

    client: _Transaction

    async def __aenter__(self) -> Any:
        try:
            return await super().__aenter__()
        except BaseException:
            if self.client.try_drop():
                get_connections().reset(self.token)
            raise

    async def __aexit__(self, *failure: Any) -> None:
        try:
            await super().__aexit__(*failure)
        finally:
            with suppress(ValueError):  # the task has left the transaction, as it should
                get_connections().reset(self.token)


class Client(AsyncpgDBClient):
    """asyncpg's pool behind Tortoise's tables."""

    def _in_transaction(self) -> TransactionContext:
        return _Block(_Transaction(self), self._pool_init_lock)


client_class = Client
