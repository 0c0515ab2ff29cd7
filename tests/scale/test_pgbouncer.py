"""Past one machine: two backends and two schedulers share PostgreSQL through pgbouncer, by its address alone."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from signal import SIGCONT, SIGHUP, SIGSTOP

import asyncpg
import pytest

from backend import database
from backend.embedded import ServiceUrls
from backend.pooler import connect
from backend.queries.rows import rows
from config.settings import PROJECT_ROOT
from tests.support.chat import apply_in_chat
from tests.support.mini_program import MiniProgram
from tests.support.pgbouncer import PgBouncer, open_pgbouncer
from tests.support.processes import RunningProcess, free_port
from tests.support.services import for_asyncpg
from tests.support.town import Town

_KILL_ALL = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = 'pooled'"
_PREPARED = "SELECT name FROM pg_prepared_statements WHERE statement LIKE '%AS mine'"
_COMPLAINTS = ("prepared statement", "unforeseen")


@pytest.fixture
async def server(services: ServiceUrls) -> AsyncIterator[asyncpg.Connection]:
    """PostgreSQL itself, with an empty database `pooled` for what goes through pgbouncer."""
    connection = await asyncpg.connect(for_asyncpg(services.database_url))
    await connection.execute("DROP DATABASE IF EXISTS pooled")
    await connection.execute("CREATE DATABASE pooled")
    yield connection
    await connection.execute("DROP DATABASE pooled WITH (FORCE)")
    await connection.close()


@pytest.fixture
def pgbouncer(server: asyncpg.Connection, services: ServiceUrls, var_dir: Path) -> Iterator[PgBouncer]:
    sockets = services.database_url.partition("host=")[2]
    with open_pgbouncer(var_dir / "pgbouncer", sockets=sockets, database="pooled") as running:
        yield running


@dataclass(frozen=True, kw_only=True)
class Service:
    """Two of each, as on two machines."""

    towns: tuple[Town, Town]
    processes: tuple[RunningProcess, ...]

    def complaints(self) -> list[str]:
        lines = [line for process in self.processes for line in process.log.read_text().splitlines()]
        return [line for line in lines if any(word in line for word in _COMPLAINTS)]


@pytest.fixture
def service(pgbouncer: PgBouncer, environment: dict[str, str], tmp_path: Path) -> Iterator[Service]:
    """Migrated and with demo data, through pgbouncer too."""
    environment["DATABASE_URL"] = pgbouncer.url
    command = [sys.executable, "-m", "backend.demo_data"]
    subprocess.run(command, cwd=PROJECT_ROOT, env={**os.environ, **environment}, check=True)
    ports = (environment["BACKEND_PORT"], str(free_port()))
    backends = [_backend(environment | {"BACKEND_PORT": port}, tmp_path) for port in ports]
    schedulers = [
        RunningProcess(module="scheduler", environment=environment, log=tmp_path / f"scheduler-{number}.log")
        for number in (1, 2)
    ]
    processes = (*backends, *schedulers)
    with ExitStack() as running, ThreadPoolExecutor(len(processes)) as side_by_side:
        for process in processes:
            running.callback(process.stop)
        list(side_by_side.map(RunningProcess.start, processes))
        first, second = (Town(backend=one.url, platform=environment["WECHAT_API_BASE"]) for one in backends)
        yield Service(towns=(first, second), processes=processes)


def _backend(environment: dict[str, str], folder: Path) -> RunningProcess:
    port = environment["BACKEND_PORT"]
    return RunningProcess(
        module="backend",
        environment=environment,
        log=folder / f"backend-{port}.log",
        url=f"http://127.0.0.1:{port}",
        ready_path="/readyz",
    )


async def test_everything_goes_on_while_its_connections_are_cut(
    service: Service, pgbouncer: PgBouncer, server: asyncpg.Connection
) -> None:
    here, there = service.towns
    customer, manager = here.somebody(), here.phone_of("customer_manager")
    customer.act("follow")
    number = apply_in_chat(customer)
    manager.wait_for(number)

    assert await server.fetchval(_KILL_ALL) > 0
    assert number in customer.say("到哪一步了")
    file_many(there)

    pgbouncer.signal(SIGHUP)
    file_many(here)

    pgbouncer.kill()
    pgbouncer.start()
    at = (there.now() + timedelta(hours=1)).isoformat()
    there.desk("customer_manager").post(f"/api/staff/applications/{number}/visits", {"at": at})
    customer.wait_for("上门时间已约好")
    assert service.complaints() == []


def file_many(town: Town) -> None:
    """Side by side, so that each server connection serves many of us."""
    clients = [MiniProgram(town.backend, town.platform) for _ in range(12)]
    for client in clients:
        client.log_in()
    with ThreadPoolExecutor(len(clients)) as side_by_side:
        filed = list(side_by_side.map(MiniProgram.filed, clients))
        for client, one in zip(clients, filed, strict=True):
            assert client.look(one["number"])["number"] == one["number"]


async def test_a_connection_knows_whether_its_statements_get_lost(
    database_url: str, pgbouncer: PgBouncer, caplog: pytest.LogCaptureFixture
) -> None:
    for url, prepared in ((database_url, True), (pgbouncer.url, False)):
        connection = await connect(url)
        await connection.fetch("SELECT 1 AS mine")
        assert bool(await connection.fetch(_PREPARED)) is prepared
        await connection.close()
    await database.warn_of_few_connections(pgbouncer.url, wanted=10_000)
    assert caplog.text == ""  # behind a pooler PostgreSQL's own limit is not ours


async def test_a_database_that_falls_silent_is_away_and_not_waited_for(
    pgbouncer: PgBouncer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backend.database._LONGEST_STATEMENT", 0.3)
    await database.open_database(pgbouncer.url)
    try:
        assert await rows("SELECT 1 AS one") == [{"one": 1}]
        pgbouncer.signal(SIGSTOP)  # as a machine without power: nothing is closed, nothing answers
        with pytest.raises(TimeoutError) as silence:
            async with asyncio.timeout(10) as ours:
                await rows("SELECT 1 AS one")
        assert not ours.expired()
        assert database.is_away(silence.value)
        pgbouncer.signal(SIGCONT)
        assert await rows("SELECT 1 AS one") == [{"one": 1}]
    finally:
        await database.close_database()
