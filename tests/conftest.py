"""Fixtures every test may ask for: real PostgreSQL, Valkey, simulator, backend and scheduler."""

import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Generator, Iterator
from pathlib import Path

import httpx
import pytest
from playwright.async_api import Browser, Page, async_playwright
from redis.asyncio import Redis

from backend import database as backend_database
from backend import embedded
from backend.embedded import ServiceUrls
from config.settings import Settings
from tests.support import processes
from tests.support import services as support
from tests.support.office import (  # noqa: F401  fixtures for every test
    case,
    desk,
    office,
    office_database_url,
    open_console,
)
from tests.support.processes import RunningProcess


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """On failure, show what the processes of the test wrote."""
    report = yield
    if report.failed:
        for value in getattr(item, "funcargs", {}).values():
            if isinstance(value, RunningProcess):
                report.sections.append((f"python -m {value.module}", value.output()))
    return report


@pytest.fixture
def free_port() -> int:
    return processes.free_port()


@pytest.fixture(scope="session")
def var_dir() -> Iterator[Path]:
    """The VAR_DIR of this run: embedded data, uploads and process logs."""
    path = Path(tempfile.mkdtemp(prefix="lantian-tests-"))
    path.chmod(0o755)  # the servers of a root run as somebody else
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture(scope="session")
def services(var_dir: Path) -> Iterator[ServiceUrls]:
    """PostgreSQL and Valkey of this run, never those of the environment: tests delete everything."""
    with embedded.services(
        Settings(var_dir=var_dir, database_url=None, redis_url=None), durable=False
    ) as urls:
        yield urls


@pytest.fixture(scope="session")
async def migrated_database_url(services: ServiceUrls) -> str:
    return await support.create_migrated(services.database_url, "lantian")


@pytest.fixture
async def database_url(migrated_database_url: str) -> str:
    """A migrated database without a row; not opened in this process."""
    await support.empty(migrated_database_url)
    return migrated_database_url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[str]:
    """A migrated database without a row, opened for the models of this process."""
    await backend_database.open_database(database_url)
    yield database_url
    await backend_database.close_database()


@pytest.fixture
async def redis(services: ServiceUrls) -> AsyncIterator[Redis]:
    """A client of an empty Valkey."""
    client = Redis.from_url(services.redis_url, decode_responses=True)
    await client.flushall()
    yield client
    await client.aclose()


@pytest.fixture(scope="session")
def backend_url() -> str:
    """Where `backend_server` answers and the simulator sends its callbacks, the whole run."""
    return f"http://127.0.0.1:{processes.free_port()}"


@pytest.fixture(scope="session")
def simulator_process(var_dir: Path, backend_url: str) -> Iterator[RunningProcess]:
    port = processes.free_port()
    process = RunningProcess(
        module="simulator",
        environment={
            "SIMULATOR_PORT": str(port),
            "BACKEND_URL": backend_url,
            "SIMULATOR_BIND_DEMO_STAFF": "0",
        },
        log=var_dir / "simulator.log",
        url=f"http://127.0.0.1:{port}",
        ready_path="/sim/calls",
    )
    process.start()
    yield process
    process.stop()


@pytest.fixture
def simulator(simulator_process: RunningProcess) -> RunningProcess:
    """The local WeChat platform as after its start: no users, no faults, no calls."""
    httpx.post(simulator_process.url + "/sim/reset", timeout=10, trust_env=False).raise_for_status()
    return simulator_process


@pytest.fixture
def environment(
    var_dir: Path,
    services: ServiceUrls,
    database_url: str,
    redis: Redis,
    simulator: RunningProcess,
    backend_url: str,
) -> dict[str, str]:
    """Settings of the service's processes in this test; change it before asking a process fixture to restart."""
    return {
        "VAR_DIR": str(var_dir),
        "DATABASE_URL": database_url,
        "REDIS_URL": services.redis_url,
        "WECHAT_API_BASE": simulator.url,
        "WECOM_API_BASE": simulator.url,
        "BACKEND_PORT": backend_url.rpartition(":")[2],
        "PUBLIC_BASE_URL": backend_url,
    }


@pytest.fixture
def backend_server(environment: dict[str, str], backend_url: str, tmp_path: Path) -> Iterator[RunningProcess]:
    """`python -m backend` on this test's database, ready to answer at `.url`."""
    process = RunningProcess(
        module="backend",
        environment=environment,
        log=tmp_path / "backend.log",
        url=backend_url,
        ready_path="/readyz",
    )
    process.start()
    yield process
    process.stop()


@pytest.fixture
def scheduler_process(environment: dict[str, str], tmp_path: Path) -> Iterator[RunningProcess]:
    """`python -m scheduler` on this test's database."""
    process = RunningProcess(module="scheduler", environment=environment, log=tmp_path / "scheduler.log")
    process.start()
    yield process
    process.stop()


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Debian's Chromium. Where it is missing the test is skipped, and `make test` has said so aloud."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no Chromium on this machine")
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield running
        await running.close()


@pytest.fixture
async def page(browser: Browser) -> AsyncIterator[Page]:
    """A fresh page of a Chinese desktop browser."""
    context = await browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", reduced_motion="reduce")
    yield await context.new_page()
    await context.close()


@pytest.fixture
def pictures() -> Path | None:
    """Where pages are pictured for docs/screens: PICTURES names the folder; without it nothing is kept."""
    folder = os.environ.get("PICTURES")
    return Path(folder) if folder else None
