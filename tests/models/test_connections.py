"""Whoever hangs up, runs out of time or loses its connection in the middle of a statement leaves the pool whole."""

import asyncio
import random
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from hashlib import sha1
from uuid import uuid4

import asyncpg
import httpx
import pytest
from tortoise import connections
from tortoise.transactions import in_transaction

from backend.database import is_away
from config.settings import Settings
from tests.support.processes import RunningProcess
from tests.support.services import for_asyncpg

_POOL = 10  # connections of one process
_KILL_OTHERS = """SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()"""
_OPEN = """SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND state LIKE 'idle in transaction%'"""

_MESSAGE = """<xml><ToUserName>gh</ToUserName><FromUserName>{openid}</FromUserName><CreateTime>{at}</CreateTime>
<MsgType>text</MsgType><Content>开通要几天</Content><MsgId>{number}</MsgId></xml>"""


@pytest.fixture
async def killer(database_url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(for_asyncpg(database_url))
    yield connection
    await connection.close()


async def work() -> None:
    await connections.get("default").execute_query("SELECT pg_sleep(0.001)")
    async with in_transaction() as transaction:
        for _ in range(3):
            await transaction.execute_query_dict("SELECT pg_sleep(0.001), $1::int", [1])


async def all_serve_at_once() -> None:
    """As many transactions side by side as the pool has connections, none of which may be lost."""
    meet = asyncio.Barrier(_POOL)

    async def meet_in_a_transaction() -> None:
        async with in_transaction() as transaction:
            await transaction.execute_query_dict("SELECT 1")
            await meet.wait()

    async with asyncio.timeout(10):
        await asyncio.gather(*(meet_in_a_transaction() for _ in range(_POOL)))


async def test_cancelled_at_any_moment(database: str, killer: asyncpg.Connection) -> None:
    chance = random.Random(1)
    for _ in range(40):
        tasks = [asyncio.create_task(work()) for _ in range(25)]
        await asyncio.sleep(chance.uniform(0, 0.02))  # the moment is the test's input
        for task in tasks:
            if chance.random() < 0.4:
                task.cancel()
        await asyncio.wait(tasks, timeout=20)
    await all_serve_at_once()
    assert await killer.fetchval(_OPEN) == 0


async def test_killed_in_the_middle(database: str, killer: asyncpg.Connection) -> None:
    chance = random.Random(2)
    failures: list[BaseException] = []
    for _ in range(20):
        tasks = [asyncio.create_task(work()) for _ in range(25)]
        await asyncio.sleep(chance.uniform(0, 0.02))
        await killer.execute(_KILL_OTHERS)
        answers = await asyncio.wait_for(asyncio.gather(*tasks, return_exceptions=True), 20)
        failures += [answer for answer in answers if answer is not None]
    assert failures
    assert [error for error in failures if not is_away(error)] == []
    await all_serve_at_once()


async def test_who_is_stopped_as_a_transaction_begins_speaks_on_another_connection(
    database: str, killer: asyncpg.Connection
) -> None:
    for turns in range(30):  # BEGIN is sent, answered and done with in fewer
        with suppress(asyncio.CancelledError):
            stop_me_after(turns)
            async with in_transaction():
                await asyncio.Event().wait()
        assert await connections.get("default").execute_query("SELECT 1")
    await all_serve_at_once()
    assert await killer.fetchval(_OPEN) == 0


def stop_me_after(turns: int) -> None:
    """Cancels this task when the loop has gone round so often."""
    task = asyncio.current_task()
    assert task is not None
    count_down(task, turns)


def count_down(task: asyncio.Task[object], turns: int) -> None:
    if turns == 0:
        task.cancel()
        task.uncancel()
    else:
        asyncio.get_running_loop().call_soon(count_down, task, turns - 1)


async def test_customers_who_hang_up_under_load_cost_the_others_nothing(
    backend_server: RunningProcess, killer: asyncpg.Connection
) -> None:
    chance = random.Random(3)
    await asyncio.gather(
        *(say(backend_server.url, patience=20) for _ in range(3))
    )  # the assistant has learned
    for _ in range(6):
        await asyncio.gather(
            *(say(backend_server.url, patience=chance.uniform(0.001, 0.1)) for _ in range(20))
        )
        await killer.execute(_KILL_OTHERS)
    answers = await asyncio.gather(*(say(backend_server.url, patience=20) for _ in range(2 * _POOL)))
    assert set(answers) == {200}
    assert await killer.fetchval(_OPEN) == 0
    assert "unforeseen" not in backend_server.log.read_text()


async def say(url: str, *, patience: float) -> int:
    """The status of a chat message's callback; 0 when the platform hung up first."""
    at, nonce = str(int(time.time())), uuid4().hex
    parts = sorted([Settings().wechat_oa_token, at, nonce])
    seal = {"timestamp": at, "nonce": nonce, "signature": sha1("".join(parts).encode()).hexdigest()}
    openid = f"oa-{uuid4().int % 5}"  # few, so that they wait for each other's rows
    body = _MESSAGE.format(openid=openid, at=at, number=uuid4().int % 10**15)
    async with httpx.AsyncClient(trust_env=False, timeout=patience) as client:
        try:
            answer = await client.post(f"{url}/wechat/official-account", params=seal, content=body)
        except httpx.TimeoutException:
            return 0
    return answer.status_code
