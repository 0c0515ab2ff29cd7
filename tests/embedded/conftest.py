"""A VAR_DIR of its own for each test, users of it in processes of their own, and a look at who is alive."""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import asyncpg
import pytest
from redis import Redis

from backend.embedded import ServiceUrls
from backend.embedded.locks import locked
from config.settings import PROJECT_ROOT, Settings
from tests.support.services import for_asyncpg

_USER = """
import sys
from pathlib import Path
from backend import embedded
from config.settings import Settings
settings = Settings(var_dir=Path(sys.argv[1]), database_url=None, redis_url=None)
with embedded.services(settings, durable=False) as urls:
    print(urls.database_url, urls.redis_url, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def own_var_dir() -> Iterator[Path]:
    path = Path(tempfile.mkdtemp(prefix="lantian-embedded-test-"))
    path.chmod(0o755)  # the servers of a root run as somebody else
    yield path
    shutil.rmtree(path)


@pytest.fixture
def own_settings(own_var_dir: Path) -> Settings:
    return Settings(var_dir=own_var_dir, database_url=None, redis_url=None)


class User:
    """Another process that uses the services of a VAR_DIR."""

    def __init__(self, var_dir: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _USER, str(var_dir)],
            cwd=PROJECT_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def urls(self) -> ServiceUrls:
        """Once it has them."""
        assert self._process.stdout
        database_url, redis_url = self._process.stdout.readline().split()
        return ServiceUrls(database_url=database_url, redis_url=redis_url)

    def leave(self) -> None:
        self._process.communicate(timeout=30)

    def kill(self) -> None:
        self._process.kill()
        self._process.communicate()


@pytest.fixture
def user(own_var_dir: Path) -> Iterator[Callable[[], User]]:
    started: list[User] = []

    def start() -> User:
        started.append(User(own_var_dir))
        return started[-1]

    yield start
    for one in started:
        one.kill()
    if started:
        with locked(own_var_dir / "embedded/lock", patience=timedelta(seconds=20)):
            pass  # every server has ended


async def remember(urls: ServiceUrls, value: str) -> None:
    """Write a value to both services."""
    connection = await asyncpg.connect(for_asyncpg(urls.database_url))
    await connection.execute("CREATE TABLE IF NOT EXISTS notes (value text)")
    await connection.execute("INSERT INTO notes VALUES ($1)", value)
    await connection.close()
    with Redis.from_url(urls.redis_url) as client:
        client.set("note", value)


async def remembered(urls: ServiceUrls) -> tuple[list[str], str]:
    """What PostgreSQL and Valkey still know."""
    connection = await asyncpg.connect(for_asyncpg(urls.database_url))
    rows = await connection.fetch("SELECT value FROM notes")
    await connection.close()
    with Redis.from_url(urls.redis_url, decode_responses=True) as client:
        return [value for (value,) in rows], str(client.get("note"))


def keeper_pid(var_dir: Path) -> int:
    pid: int = json.loads((var_dir / "embedded/state.json").read_text())["keeper"]
    return pid


def postgres_pid(var_dir: Path) -> int:
    return int((var_dir / "embedded/postgres/postmaster.pid").read_text().split()[0])


def valkey_pid(urls: ServiceUrls) -> int:
    with Redis.from_url(urls.redis_url) as client:
        return int(client.info("server")["process_id"])
