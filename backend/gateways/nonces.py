"""Remembers the nonces of partners for as long as their requests would still be fresh."""

import logging
from datetime import timedelta

from redis.asyncio import Redis
from redis.exceptions import RedisError

_log = logging.getLogger(__name__)


async def try_use(redis: Redis, partner: str, nonce: str, *, life: timedelta) -> bool:
    """False for one that was used; without Redis nobody knows, and the caller's own record decides."""
    try:
        return bool(await redis.set(f"nonce:{partner}:{nonce}", "1", nx=True, ex=life))
    except RedisError as error:
        _log.warning("nonces are kept in the database alone", extra={"error": type(error).__name__})
        return True
