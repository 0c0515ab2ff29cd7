"""With PostgreSQL killed: danger is answered and the officers are called, everything else is told honestly."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from backend import database as backend_database
from backend import embedded
from backend.embedded import ServiceUrls
from backend.models import Task
from config.settings import Settings
from tests.embedded.conftest import keeper_pid, postgres_pid
from tests.handlers.wechat.conftest import Chatter
from tests.handlers.wechat.test_emergencies import a_suspected_line, check_answer
from tests.support import services as support
from tests.support.builders import a_member_of_staff
from tests.support.processes import RunningProcess
from tests.support.waiting import wait_until


@pytest.fixture
def own_services(own_folder: Path) -> Iterator[ServiceUrls]:
    """A PostgreSQL and a Valkey that may be killed."""
    with embedded.services(
        Settings(var_dir=own_folder, database_url=None, redis_url=None), durable=False
    ) as urls:
        yield urls


@pytest.fixture
def own_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("var")
    for folder in (path, *path.parents[:2]):
        folder.chmod(0o755)  # the servers of a root run as somebody else
    return path


@pytest.fixture
async def own_database(own_services: ServiceUrls) -> AsyncIterator[str]:
    url = await support.create_migrated(own_services.database_url, "lantian")
    await backend_database.open_database(url)
    await a_member_of_staff("duty_officer", name="值班员")
    yield url
    await backend_database.close_database()


@pytest.fixture
def server(
    var_dir: Path,
    simulator: RunningProcess,
    own_services: ServiceUrls,
    own_database: str,
    backend_url: str,
    tmp_path: Path,
) -> Iterator[RunningProcess]:
    process = RunningProcess(
        module="backend",
        environment={
            "VAR_DIR": str(var_dir),
            "DATABASE_URL": own_database,
            "REDIS_URL": own_services.redis_url,
            "WECHAT_API_BASE": simulator.url,
            "WECOM_API_BASE": simulator.url,
            "BACKEND_PORT": backend_url.rpartition(":")[2],
            "PUBLIC_BASE_URL": backend_url,
        },
        log=tmp_path / "backend.log",
        url=backend_url,
        ready_path="/readyz",
    )
    process.start()
    yield process
    process.stop()


@pytest.fixture
def stranger(chat: httpx.Client, server: RunningProcess) -> Chatter:
    key = f"c{uuid4().hex[:8]}"
    chat.post("/sim/users", json={"key": key}).raise_for_status()
    return Chatter(http=chat, key=key)


def kill_postgres(folder: Path) -> int:
    """The keeper is stopped first, so that it starts nothing again; its pid."""
    keeper = keeper_pid(folder)
    os.kill(keeper, signal.SIGSTOP)
    os.kill(postgres_pid(folder), signal.SIGKILL)
    return keeper


async def until_recorded() -> None:
    """The keeper starts PostgreSQL again, and the process that knows of the alarm writes it down."""
    async with asyncio.timeout(30):
        while True:
            try:
                if await Task.filter(kind="emergency").exists():
                    return
            except Exception as error:
                if not backend_database.is_away(error):
                    raise
            await asyncio.sleep(0.1)


async def test_a_suspicion_is_an_alarm_since_no_question_could_be_remembered(
    stranger: Chatter, own_folder: Path, chat: httpx.Client
) -> None:
    stranger.act("follow")
    wait_until(lambda: bool(stranger.say("你好")), "the assistant has learned")
    words = a_suspected_line()
    keeper = kill_postgres(own_folder)
    try:
        check_answer(stranger.say(words))
        officer = Chatter(http=chat, key="duty_officer")
        assert any(words in message["text"] for message in officer.messages("wecom", wait=15))
        check_answer(
            stranger.say("有，闻到燃气味了，请快来人")
        )  # the words of the question's yes, touched later
    finally:
        os.kill(keeper, signal.SIGCONT)
    await until_recorded()


async def test_danger_is_answered_and_told_directly_and_recorded_when_it_is_back(
    stranger: Chatter, own_folder: Path, own_services: ServiceUrls, chat: httpx.Client
) -> None:
    stranger.act("follow")
    keeper = kill_postgres(own_folder)
    try:
        check_answer(stranger.say("家里煤气味很大"))
        officer = Chatter(http=chat, key="duty_officer")
        assert any("煤气味很大" in message["text"] for message in officer.messages("wecom", wait=15))
        told = stranger.say("到哪一步了")
        assert "4000678099" in told
        assert "连不上" in told
    finally:
        os.kill(keeper, signal.SIGCONT)
    await until_recorded()
    assert await Task.filter(kind="emergency").count() == 1
