"""The platform's five seconds: a turn that takes longer is answered afterwards, by itself and once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import pytest

from backend.models import LateMessage
from tests.handlers.wechat.conftest import Chatter
from tests.support.processes import RunningProcess
from tests.support.services import for_asyncpg


@asynccontextmanager
async def everybody_waits(database_url: str) -> AsyncIterator[None]:
    """Holds every conversation's row, as a slow database would."""
    connection = await asyncpg.connect(for_asyncpg(database_url))
    try:
        async with connection.transaction():
            await connection.execute("SELECT * FROM conversations FOR UPDATE")
            yield
    finally:
        await connection.close()


class TestSlowTurns:
    async def test_silence_at_first_then_the_answer_by_itself(
        self, customer: Chatter, database_url: str, scheduler_process: RunningProcess
    ) -> None:
        customer.say("你好")
        async with everybody_waits(database_url):
            assert await asyncio.to_thread(customer.say, "天然气费怎么交") == ""
        (message,) = await asyncio.to_thread(lambda: customer.messages("custom", wait=20))
        assert "查不到" in message["text"]
        assert customer.read(customer.act("repeat")) == ""
        assert (await LateMessage.get()).answered_at is not None

    @pytest.mark.long
    async def test_the_answer_survives_the_death_of_the_process(
        self,
        customer: Chatter,
        database_url: str,
        chat_server: RunningProcess,
        scheduler_process: RunningProcess,
    ) -> None:
        customer.say("你好")
        async with everybody_waits(database_url):
            await asyncio.to_thread(customer.say, "天然气费怎么交")
            chat_server.kill()
        chat_server.start()
        (message,) = await asyncio.to_thread(lambda: customer.messages("custom", wait=60))
        assert "查不到" in message["text"]
