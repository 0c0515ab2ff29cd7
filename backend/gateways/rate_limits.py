"""How often somebody may try, counted in Redis on the real clock."""

import logging
from datetime import timedelta

from redis.asyncio import Redis
from redis.exceptions import RedisError

from backend.rules.errors import RateLimited

_log = logging.getLogger(__name__)


async def check_rate(redis: Redis, name: str, *, most: int, per: timedelta) -> None:
    """Counts one try under `name`. Raises RateLimited beyond `most`; without Redis nobody is turned away."""
    key = f"rate:{name}"
    try:
        async with redis.pipeline(transaction=True) as together:
            together.incr(key)
            together.expire(key, per, nx=True)
            together.ttl(key)
            tries, _, left = await together.execute()
    except RedisError as error:
        _log.warning("tries are not counted: Redis is away", extra={"error": type(error).__name__})
        return
    if tries > most:
        raise RateLimited(retry_after=max(int(left), 1))


async def forgive(redis: Redis, name: str) -> None:
    """A try that succeeded does not count."""
    try:
        await redis.decr(f"rate:{name}")
    except RedisError as error:
        _log.warning("a try stays counted: Redis is away", extra={"error": type(error).__name__})
