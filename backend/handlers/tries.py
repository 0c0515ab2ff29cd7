"""Logins and codes: who fails too often has to wait."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from redis.asyncio import Redis

from backend.gateways.rate_limits import check_rate, forgive
from config.limits import limits


@asynccontextmanager
async def counted(
    redis: Redis, *, address: str, failures: tuple[type[Exception], ...], name: str | None = None
) -> AsyncIterator[None]:
    """Counts the block as a try of its network address, and of `name` there, unless it ends well or in no `failures`.

    Raises RateLimited before the block begins.
    """
    tries = limits().tries
    counters = {f"try:{address}": tries.per_address}
    if name is not None:
        counters[f"try:{name}:{address}"] = tries.per_name
    for key, limit in counters.items():
        await check_rate(redis, key, most=limit.most, per=limit.within)
    try:
        yield
    except failures:
        raise
    except BaseException:
        await _forgive(redis, counters)
        raise
    await _forgive(redis, counters)


async def _forgive(redis: Redis, keys: Iterable[str]) -> None:
    for key in keys:
        await forgive(redis, key)
