"""The SQL statements this process sends, counted and timed where asyncpg sends them."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from tortoise import connections


@dataclass(slots=True)
class Log:
    """The statements in order, `BEGIN` and `COMMIT` among them, and the seconds they took in all."""

    texts: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def note(self, query: Any) -> None:
        """One statement came back. What asyncpg asks once of each connection about types is not ours."""
        if "'jit'" in query.query or "typeinfo_tree" in query.query:
            return
        self.texts.append(query.query)
        self.seconds += query.elapsed

    def __len__(self) -> int:
        return len(self.texts)


@asynccontextmanager
async def logged(*, at_most: int = 10) -> AsyncIterator[Log]:
    """Every statement that any connection of this process sends meanwhile; `at_most` is the pool's size."""
    log, client = Log(), connections.get("default")
    await client.execute_query("SELECT 1")  # the pool is opened by its first use
    pool = client._pool  # noqa: SLF001  Tortoise has no door to it
    async with AsyncExitStack() as held:
        taken = [await held.enter_async_context(pool.acquire()) for _ in range(at_most)]
        for connection in taken:
            connection.add_query_logger(log.note)
    try:
        yield log
    finally:
        async with AsyncExitStack() as held:
            for _ in range(at_most):
                (await held.enter_async_context(pool.acquire())).remove_query_logger(log.note)
