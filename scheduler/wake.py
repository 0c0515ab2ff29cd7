"""Hears the wake-up call of those who made something due."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from redis.asyncio import Redis
from redis.exceptions import RedisError

from backend.gateways.wake import CHANNEL

_log = logging.getLogger(__name__)

_LISTEN = 5.0  # seconds for one look; ends a connection that died without a word
_PAUSE = 2.0


async def listen(redis: Redis, wake: Callable[[], Awaitable[None]]) -> None:
    """Calls `wake` for every call until cancelled. While Redis is away the sweeps come by time alone."""
    away = False
    while True:
        try:
            await redis.initialize()  # a cluster's client finds its nodes: listening does not wait for them
            async with redis.pubsub(ignore_subscribe_messages=True) as calls:
                await calls.subscribe(CHANNEL)
                away = False
                await wake()  # whatever was called while nobody listened
                while True:
                    if await calls.get_message(timeout=_LISTEN) is not None:
                        await wake()
        except (RedisError, OSError) as error:
            if not away:
                _log.warning("Redis is away: sweeps come by time", extra={"error": type(error).__name__})
            away = True
            await asyncio.sleep(_PAUSE)
