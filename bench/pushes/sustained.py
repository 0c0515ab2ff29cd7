"""The highest rate that one scheduler holds through the simulator's HTTP, receipts and all, without falling behind."""

import asyncio
import itertools
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import asyncpg
import httpx
from redis.asyncio import Redis

from backend import clock
from backend.gateways import wake
from bench.place import Place
from bench.pushes import people, processor
from bench.row import Row
from config.settings import PROJECT_ROOT

_PEOPLE = 200
_FIRST, _STEP, _LAST = 50, 50, 500  # messages a second
_FINE = 2  # halvings between the last rate that held and the first that did not
_SPAN = 8.0  # seconds of each rate
_BEAT = 0.05  # seconds between two handfuls of new messages
_LATE = 2.0  # seconds, for the ninety-ninth of a hundred
_DRAIN = 15.0
_LATENESS = """
SELECT extract(epoch FROM a.answered_at - o.created_at)::float8 AS late FROM outbox o
LEFT JOIN delivery_attempts a ON a.message_id = o.id AND a.outcome = 'accepted' ORDER BY 1
"""


@dataclass(frozen=True, kw_only=True)
class _Held:
    rate: float
    late: float  # seconds, p99; infinite where messages were left
    shares: str


async def rows(here: Place) -> list[Row]:
    """One row; its name says how busy each process was then."""
    connection = await asyncpg.connect(here.postgres)
    redis = Redis.from_url(str(here.settings.redis_url))
    try:
        somebody = await people.follow(connection, _followers(here), clock.real_now())
        with _scheduler(here):
            await _hold(connection, redis, somebody, _FIRST)  # warms up
            best = await _search(connection, redis, somebody)
    finally:
        await people.clear(connection)
        await redis.aclose()
        await connection.close()
    name = f"pushes through the platform's HTTP, p99 late {best.late:.2f} s; of a core: {best.shares}"
    return [Row(name=name, unit="/s", ours=[best.rate], reference="150 a second", theirs=[150.0])]


async def _search(connection: people.Connection, redis: Redis, somebody: list[int]) -> _Held:
    best = _Held(rate=0, late=float("inf"), shares="")
    above = float(_LAST + _STEP)
    for rate in range(_FIRST, _LAST + 1, _STEP):
        held = await _hold(connection, redis, somebody, rate)
        if held.late > _LATE:
            above = rate
            break
        best = held
    for _ in range(_FINE):
        held = await _hold(connection, redis, somebody, (best.rate + above) / 2)
        if held.late > _LATE:
            above = held.rate
        else:
            best = held
    return best


async def _hold(connection: people.Connection, redis: Redis, somebody: list[int], rate: float) -> _Held:
    """So many messages a second for the span, then until all are sent."""
    await people.clear(connection)
    await connection.execute("VACUUM ANALYZE outbox, delivery_attempts")
    turn = itertools.cycle(somebody)
    before, began, written = processor.seconds(), time.perf_counter(), 0
    while (passed := time.perf_counter() - began) < _SPAN:
        handful = round(rate * (passed + _BEAT)) - written
        await people.write(connection, [next(turn) for _ in range(handful)], clock.real_now())
        written += handful
        await wake.call(redis)
        await asyncio.sleep(max(began + passed + _BEAT - time.perf_counter(), 0))
    busy = processor.shares(before, processor.seconds(), time.perf_counter() - began)
    late = [row["late"] for row in await _when_sent(connection)]
    p99 = late[int(len(late) * 0.99)]
    return _Held(rate=rate, late=float("inf") if p99 is None else p99, shares=busy)


async def _when_sent(connection: people.Connection) -> list[asyncpg.Record]:
    give_up = time.perf_counter() + _DRAIN
    while time.perf_counter() < give_up:
        if not await people.waiting(connection):
            break
        await asyncio.sleep(0.2)
    return list(await connection.fetch(_LATENESS))


def _followers(here: Place) -> list[str]:
    with httpx.Client(base_url=f"http://127.0.0.1:{here.simulator}", trust_env=False) as platform:
        made = [
            platform.post("/sim/users", json={"follows": True}).raise_for_status().json()
            for _ in range(_PEOPLE)
        ]
    return [person["oa_openid"] for person in made]


@contextmanager
def _scheduler(here: Place) -> Iterator[None]:
    with (here.logs / "scheduler.log").open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "scheduler"],
            cwd=PROJECT_ROOT,
            env={**os.environ, **here.environment},
            stdout=output,
            stderr=output,
        )
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)
