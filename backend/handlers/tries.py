"""Logins and codes: who fails too often has to wait."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from redis.asyncio import Redis

from backend.gateways.rate_limits import check_rate, forgive
from config.limits import limits


@asynccontextmanager
async def counted(
    redis: Redis, *, name: str, address: str, failures: tuple[type[Exception], ...]
) -> AsyncIterator[None]:
    """Counts the block as a try of `name` and of its network address unless it ends well or in no `failures`.

    Raises RateLimited before the block begins.
    """
    tries = limits().tries
    both = ((f"try:{name}:{address}", tries.per_name), (f"try:{address}", tries.per_address))
    for key, limit in both:
        await check_rate(redis, key, most=limit.most, per=limit.within)
    try:
        yield
    except failures:
        raise
    except BaseException:
        await _forgive(redis, both)
        raise
    await _forgive(redis, both)


async def _forgive(redis: Redis, both: tuple[tuple[str, object], ...]) -> None:
    for key, _ in both:
        await forgive(redis, key)
