"""Sends while the platform takes 50 ms for each: how much of what the slots allow is reached."""

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import asyncpg

from backend import clock, database
from backend.gateways.opening import open_gateways
from backend.gateways.pace import SharedPace
from backend.gateways.senders import open_post
from bench import place
from bench.place import Place
from bench.pushes import people
from bench.row import Row
from config.settings import PROJECT_ROOT
from scheduler.deliveries import IN_FLIGHT, Deliveries
from scheduler.sweeps import Sweep
from scheduler.times import read_times

_ROUNDS, _MESSAGES, _PEOPLE = 3, 800, 50
_SUBSCRIBERS = 5  # of them: a tenth, reached by the mini-program alone, where a repeat is not recognised
_TAKES = 0.05  # seconds of the platform for each message


async def rows(here: Place) -> list[Row]:
    """Messages a second from the waiting row to the written answer, one process."""
    connection = await asyncpg.connect(here.postgres)
    await database.open_database(str(here.settings.database_url))
    somebody = await people.follow(connection, [f"slow-{n}" for n in range(_PEOPLE)], clock.real_now())
    await people.leave(connection, somebody[:: _PEOPLE // _SUBSCRIBERS], clock.real_now())
    try:
        with _slow_platform() as url:
            rates = [await _drain(here, connection, somebody, url) for _ in range(_ROUNDS + 1)][1:]
    finally:
        await people.clear(connection)
        await database.close_database()
        await connection.close()
    return [
        Row(
            name="sends with a platform that takes 50 ms, nine template messages to one subscribe message",
            unit="/s",
            ours=rates,
            reference=f"{IN_FLIGHT} in flight ÷ 50 ms",
            theirs=[IN_FLIGHT / _TAKES],
        )
    ]


async def _drain(here: Place, connection: people.Connection, somebody: list[int], url: str) -> float:
    await people.clear(connection)
    await people.write(connection, (somebody * (_MESSAGES // _PEOPLE + 1))[:_MESSAGES], clock.real_now())
    chosen = here.settings.model_copy(update={"wechat_api_base": url, "wecom_api_base": url})
    gateways = open_gateways(chosen, redis_url=str(here.settings.redis_url))
    post = open_post(
        account=gateways.official_account,
        program=gateways.mini_program,
        wecom=gateways.wecom,
        link_of=lambda path: path,
    )
    read = partial(read_times, development=False)
    deliveries = Deliveries(post, SharedPace(gateways.redis), read)
    try:
        sweep = Sweep(name="bench", next=deliveries.start_next, read_times=read)
        return _MESSAGES / await _drained(connection, deliveries, sweep)
    finally:
        await gateways.close()


async def _drained(connection: people.Connection, deliveries: Deliveries, sweep: Sweep) -> float:
    """Seconds until everything is sent and written down."""
    deliveries.when_free = sweep.poke
    began = time.perf_counter()
    life = asyncio.create_task(sweep.live())
    await sweep.poke()
    while await people.waiting(connection):  # noqa: ASYNC110  measured from outside
        await asyncio.sleep(0.02)
    took = time.perf_counter() - began
    sweep.end()
    await life
    return took


@contextmanager
def _slow_platform() -> Iterator[str]:
    port = place.free_port()
    command = [sys.executable, "-m", "bench.pushes.slow_platform", str(port), str(_TAKES)]
    process = subprocess.Popen(command, cwd=PROJECT_ROOT)  # noqa: S603  our own command
    try:
        time.sleep(1.0)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=10)
