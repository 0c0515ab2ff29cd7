"""Every class of trouble, and kills: nobody misses a message, and nobody gets one twice where that can be helped."""

import asyncio
import random
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from redis.asyncio import Redis

from backend import clock
from backend.models import OutboxMessage
from tests.scheduler.fault_run import Tally, Town, Weather, come_to_an_end, kill_at_times, tally
from tests.support.delivery import eventually
from tests.support.platform import Platform
from tests.support.processes import RunningProcess


@pytest.fixture
def schedulers(environment: Mapping[str, str], tmp_path: Path) -> Iterator[list[RunningProcess]]:
    """Two, not started yet."""
    two = [
        RunningProcess(module="scheduler", environment=environment, log=tmp_path / f"scheduler{n}.log")
        for n in range(2)
    ]
    yield two
    for process in two:
        process.stop()


async def some_arrived() -> bool:
    return await OutboxMessage.filter(state="delivered").count() >= 30


def judge(found: Tally, kills: int, weather: Weather) -> None:
    print("\n" + found.lines(kills, weather.met))  # noqa: T201  the counts are the result
    assert found.lost == ()
    assert found.doubled_keyed == ()
    assert len(found.doubled_elsewhere) <= kills


async def test_hundreds_of_messages_through_every_trouble_and_a_kill(
    database: str,
    platform: Platform,
    backend_server: RunningProcess,
    redis: Redis,
    schedulers: list[RunningProcess],
) -> None:
    chance, (scheduler, _) = random.Random(7), schedulers
    town = Town(platform=platform)
    await town.settle_in(300)
    weather = Weather(platform=platform, chance=chance, each=0.15)
    blowing = asyncio.create_task(weather.blow())
    scheduler.start()
    await town.write(town.letters[:200])
    await eventually(some_arrived, "a part of the messages is delivered")
    scheduler.kill()
    # nobody works: every lease may lapse at once, as it would within half a minute
    await OutboxMessage.filter(state="waiting").update(attempt_at=clock.real_now(), lease=None)
    scheduler.start()
    await town.write(town.letters[200:])
    await asyncio.sleep(4)  # the troubles' time
    blowing.cancel()
    platform.heal()
    await come_to_an_end(redis, 60)
    judge(await tally(town), 1, weather)


@pytest.mark.long
async def test_ten_thousand_messages_through_every_trouble_and_thirty_kills(
    database: str,
    platform: Platform,
    backend_server: RunningProcess,
    redis: Redis,
    schedulers: list[RunningProcess],
) -> None:
    chance, kills = random.Random(20261124), 30
    town = Town(platform=platform)
    await town.settle_in(10_000)
    weather = Weather(platform=platform, chance=chance, each=2.0)
    blowing = asyncio.create_task(weather.blow())
    for process in schedulers:
        process.start()
    killing = asyncio.create_task(kill_at_times(schedulers, chance, kills=kills, apart=(3.0, 8.0)))
    await town.write(town.letters)
    await killing
    blowing.cancel()
    platform.heal()
    await come_to_an_end(redis, 600)
    await asyncio.sleep(3)  # the last late receipts
    await come_to_an_end(redis, 120)
    judge(await tally(town), kills, weather)
