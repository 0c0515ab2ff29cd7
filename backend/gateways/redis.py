"""The one client of Redis, which keeps only what may be lost."""

from datetime import timedelta

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

_PATIENCE = timedelta(seconds=1)


def open_redis(url: str) -> Redis:
    """A client with texts in and out, for this process; closed with `aclose()`. Connects when first used.

    A Redis that is away is told within two seconds by `redis.RedisError`: the library's own default would keep a caller,
    and with it an emergency, waiting for ten.
    """
    patience = _PATIENCE.total_seconds()
    return Redis.from_url(
        url,
        decode_responses=True,
        socket_timeout=patience,
        socket_connect_timeout=patience,
        retry=Retry(NoBackoff(), retries=1),
    )
