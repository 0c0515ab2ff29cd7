"""The wake-up call that lets a sweep start at once; may be lost, for the sweeps come by themselves."""

import logging

from redis.asyncio import Redis
from redis.exceptions import RedisError

CHANNEL = "wake"

_log = logging.getLogger(__name__)


async def call(redis: Redis) -> None:
    """Tells every scheduler that something may be due."""
    try:
        await redis.publish(CHANNEL, "1")
    except RedisError as error:
        _log.warning("no wake-up call: Redis is away", extra={"error": type(error).__name__})
