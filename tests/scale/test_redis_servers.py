"""Past one Redis: behind sentinels or in a cluster, what all processes share goes on when a server is lost."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, TypeVar, get_args

import pytest
from redis import RedisError
from redis.asyncio import Redis

from backend.gateways import heartbeat, nonces, wake
from backend.gateways.pace import SharedPace
from backend.gateways.post import Channel
from backend.gateways.rate_limits import check_rate
from backend.gateways.redis import open_redis
from backend.gateways.wechat.token import FetchedToken, SharedToken
from backend.rules.errors import RateLimited
from config.delivery import delivery
from scheduler.wake import listen
from tests.support.redis_servers import Servers, open_cluster, open_watched_pair

_NAMES = [f"somebody-{number}" for number in range(12)]  # so many fall on every server of a cluster
_CHANNELS: list[Channel] = [channel for channel in get_args(Channel) if channel in delivery().rates]
_MINUTE = timedelta(minutes=1)
_numbers = count()
_NO_LONGER = 3.0  # seconds; what a caller may wait for a server that is lost

T = TypeVar("T")


@pytest.fixture(params=[open_watched_pair, open_cluster], ids=["sentinel", "cluster"])
def servers(request: pytest.FixtureRequest, var_dir: Path) -> Iterator[Servers]:
    folder = var_dir / request.param.__name__
    folder.mkdir()
    folder.chmod(0o755)  # the servers of a root run as somebody else
    with request.param(folder) as opened:
        yield opened


async def test_what_all_share_goes_on_when_a_server_is_lost(servers: Servers) -> None:
    here, there = open_redis(servers.url), open_redis(servers.url)
    fetches = count(1)

    async def fetch() -> FetchedToken:
        return FetchedToken(value=f"token-{next(fetches)}", life=timedelta(hours=2))

    tokens = [SharedToken(name="app", fetch=fetch, redis=redis) for redis in (here, there)]
    heard = asyncio.Event()
    ear = asyncio.create_task(listen(there, _setter(heard)))
    try:
        assert await here.ping()
        await share(here, there)
        assert (await tokens[0].get()).value == (await tokens[1].get()).value == "token-1"
        await is_heard(here, heard)

        servers.doomed.kill()
        await each_is_quick(here)
        await back(here, there)

        await share(here, there)
        assert (await tokens[1].get()).value == "token-1"
        assert (await tokens[0].renew(await tokens[0].get())).value == "token-2"
        assert (await tokens[1].get()).value == "token-2"
        await is_heard(here, heard)
        assert await here.ping()
    finally:
        ear.cancel()
        await here.aclose()
        await there.aclose()


async def share(here: Redis, there: Redis) -> None:
    """What one process does the other knows: tries, nonces, the pace of every channel, the sign of life."""
    for name in fresh_names():
        await tries(here, name, 2)
        with pytest.raises(RateLimited):
            await tries(there, name, 2)
        assert await nonces.try_use(here, name, "once", life=_MINUTE)
        assert not await nonces.try_use(there, name, "once", life=_MINUTE)
    for channel in _CHANNELS:
        await SharedPace(here).hold(channel, _MINUTE)
        assert (await SharedPace(there).take(channel, 1, urgent=False)).wait > timedelta(0)
        assert (await SharedPace(there).take(channel, 1, urgent=True)).granted == 1
    await heartbeat.write(here, {"waiting": 7})
    assert await heartbeat.last_word(there) == {"waiting": 7}


async def each_is_quick(redis: Redis) -> None:
    """With a server just lost: nobody is turned away, nothing is raised, nobody waits long."""
    pace = SharedPace(redis)
    for name in fresh_names():
        works: list[Awaitable[Any]] = [
            tries(redis, name, 1),
            nonces.try_use(redis, name, "once", life=_MINUTE),
            wake.call(redis),
        ]
        for work in works:
            await quick(work)
    for channel in _CHANNELS:
        assert (await quick(pace.take(channel, 1, urgent=True))).granted == 1


async def quick(work: Awaitable[T]) -> T:
    began = time.monotonic()
    done = await work
    assert time.monotonic() - began < _NO_LONGER
    return done


async def back(*clients: Redis) -> None:
    """Until every server's part can be written again."""
    for redis in clients:
        for name in _NAMES:
            await until(partial(redis.set, f"probe:{name}", "1"))


async def is_heard(redis: Redis, heard: asyncio.Event) -> None:
    """A call that wakes the scheduler may be lost, but not every one."""
    heard.clear()

    async def call() -> bool:
        await wake.call(redis)
        return heard.is_set()

    await until(call)


async def until(holds: Callable[[], Awaitable[object]]) -> None:
    async with asyncio.timeout(15):
        while True:
            with suppress(RedisError):
                if await holds():
                    return
            await asyncio.sleep(0.05)  # between two questions to other processes


async def tries(redis: Redis, name: str, times: int) -> None:
    for _ in range(times):
        await check_rate(redis, name, most=3, per=_MINUTE)


def fresh_names() -> list[str]:
    return [f"{name}-{next(_numbers)}" for name in _NAMES]


def _setter(event: asyncio.Event) -> Callable[[], Awaitable[None]]:
    async def wake_up() -> None:
        event.set()

    return wake_up
