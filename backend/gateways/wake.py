"""The wake-up call that lets a sweep start at once; may be lost, for the sweeps come by themselves."""

import asyncio
import logging

from redis.asyncio import Redis
from redis.exceptions import RedisError

CHANNEL = "wake"

_log = logging.getLogger(__name__)
_MOMENT = 0.02  # seconds; a call for each of a thousand messages a second would cost more than their answers


async def call(redis: Redis) -> None:
    """Tells every scheduler that something may be due."""
    try:
        await redis.publish(CHANNEL, "1")
    except RedisError as error:
        _log.warning("no wake-up call: Redis is away", extra={"error": type(error).__name__})


class Bell:
    """One call for everything that became due within a moment in this process."""

    def __init__(self) -> None:
        self._rung = False
        self._calls: set[asyncio.Task[None]] = set()

    def ring(self, redis: Redis) -> None:
        """Something may be due; nobody waits for the call."""
        if self._rung:
            return
        self._rung = True
        task = asyncio.create_task(self._call_soon(redis))
        self._calls.add(task)
        task.add_done_callback(self._calls.discard)

    async def _call_soon(self, redis: Redis) -> None:
        await asyncio.sleep(_MOMENT)
        self._rung = False  # before the call: what becomes due while it is under way has its own
        await call(redis)
