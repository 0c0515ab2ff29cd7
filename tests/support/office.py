"""One server with demo data for all tests of staff doors and phone pages: each test brings its own cases."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from backend.embedded import ServiceUrls
from config.settings import PROJECT_ROOT
from tests.support import processes
from tests.support import services as support
from tests.support.desk import DEMO_PASSWORD, Desk
from tests.support.processes import RunningProcess

SITE = "新郑市龙湖镇龙湖锦园"
Desks = Callable[[str], Desk]
Consoles = Callable[[str], httpx.Client]
File = Callable[..., dict[str, Any]]

_buildings = count(100)


@pytest.fixture(scope="session")
async def office_database_url(services: ServiceUrls) -> str:
    """Nobody empties it between tests."""
    return await support.create_migrated(services.database_url, "office")


@pytest.fixture(scope="session")
def office(
    office_database_url: str, services: ServiceUrls, var_dir: Path, simulator_process: RunningProcess
) -> Iterator[RunningProcess]:
    """`python -m backend` on a database of its own."""
    port = processes.free_port()
    url = f"http://127.0.0.1:{port}"
    environment = {
        "VAR_DIR": str(var_dir),
        "DATABASE_URL": office_database_url,
        "REDIS_URL": services.redis_url,
        "WECHAT_API_BASE": simulator_process.url,
        "WECOM_API_BASE": simulator_process.url,
        "BACKEND_PORT": str(port),
        "PUBLIC_BASE_URL": url,
    }
    subprocess.run(
        [sys.executable, "-m", "backend.demo_data"],
        cwd=PROJECT_ROOT,
        env={**os.environ, **environment},
        check=True,
    )
    log = var_dir / "office.log"
    process = RunningProcess(
        module="backend", environment=environment, log=log, url=url, ready_path="/readyz"
    )
    process.start()
    yield process
    process.stop()


@pytest.fixture(scope="session")
def desk(office: RunningProcess) -> Desks:
    """The demo member of staff with a login, logged in once."""
    known: dict[str, Desk] = {}

    def of(login: str) -> Desk:
        if login not in known:
            known[login] = Desk.of_staff(office.url, login)
        return known[login]

    return of


@pytest.fixture
def open_console(office: RunningProcess) -> Iterator[Consoles]:
    """The desktop pages without a browser, logged in as this demo member."""
    made: list[httpx.Client] = []

    def of(login: str) -> httpx.Client:
        console = httpx.Client(base_url=office.url, follow_redirects=True, timeout=15, trust_env=False)
        made.append(console)
        console.post("/console/login", data={"login": login, "password": DEMO_PASSWORD})
        return console

    yield of
    for console in made:
        console.close()


def a_home() -> str:
    """An address at the accepted site where nobody has applied yet."""
    return f"{SITE}{next(_buildings)}号楼1单元101"


def file(desk: Desk, **fields: Any) -> dict[str, Any]:
    """Files a resident's application at the accepted demo site."""
    body = {
        "customer_kind": "resident",
        "contact_name": "张三",
        "contact_phone": "13812345678",
        "address": a_home(),
        "channel": "manager_visit",
        **fields,
    }
    answer: dict[str, Any] = desk.post("/api/staff/applications", body, key=uuid4().hex)
    return answer


@pytest.fixture
def case(desk: Desks) -> dict[str, Any]:
    """An application of `customer_manager`'s, filed at the door."""
    return file(desk("customer_manager"))
