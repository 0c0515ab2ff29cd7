"""Whatever ended in whatever way, the next start finds what was written."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from backend import embedded
from backend.embedded import EmbeddedServicesUnavailable, ServiceUrls
from config.settings import Settings
from tests.embedded.conftest import User, keeper_pid, postgres_pid, remember, remembered, valkey_pid
from tests.support.waiting import alive, wait_until


def kill(*pids: int) -> None:
    for pid in pids:
        os.kill(pid, signal.SIGKILL)


@pytest.fixture
def left(user: Callable[[], User], own_var_dir: Path) -> ServiceUrls:
    """Services that some other process uses."""
    return user().urls()


async def test_a_killed_keeper_takes_its_servers_along(
    left: ServiceUrls, user: Callable[[], User], own_var_dir: Path
) -> None:
    await remember(left, "保留")
    servers = postgres_pid(own_var_dir), valkey_pid(left)

    kill(keeper_pid(own_var_dir))
    assert await remembered(user().urls()) == (["保留"], "保留")
    assert not any(alive(pid) for pid in servers)


async def test_a_power_cut(left: ServiceUrls, user: Callable[[], User], own_var_dir: Path) -> None:
    await remember(left, "保留")
    keeper, postgres, valkey = keeper_pid(own_var_dir), postgres_pid(own_var_dir), valkey_pid(left)
    os.kill(keeper, signal.SIGSTOP)  # so that it starts nothing again while the others die

    kill(valkey, postgres, keeper)
    assert await remembered(user().urls()) == (["保留"], "保留")


async def test_a_server_that_dies_alone_is_started_again_at_its_address(
    left: ServiceUrls, own_var_dir: Path
) -> None:
    await remember(left, "保留")
    first = postgres_pid(own_var_dir), valkey_pid(left)

    kill(*first)
    wait_until(
        lambda: "ready" in _postmaster_file(own_var_dir) and postgres_pid(own_var_dir) != first[0],
        "a new one",
    )
    wait_until(lambda: Path(left.redis_url.removeprefix("unix://")).exists(), "a new socket")
    assert (await remembered(left))[0] == ["保留"]


async def test_a_process_number_used_by_somebody_else_is_no_obstacle(own_settings: Settings) -> None:
    with embedded.services(own_settings, durable=False) as urls:
        await remember(urls, "保留")
    stale = own_settings.var_dir / "embedded/postgres/postmaster.pid"
    stale.write_text(f"{os.getppid()}\n{stale.parent}\n1\n5432\n/tmp\n\n")

    with embedded.services(own_settings, durable=False) as urls:
        assert (await remembered(urls))[0] == ["保留"]


async def test_damaged_valkey_data_is_put_aside(own_settings: Settings) -> None:
    with embedded.services(own_settings, durable=False) as urls:
        await remember(urls, "保留")
    (log,) = (own_settings.var_dir / "embedded/valkey").rglob("*.incr.aof")
    log.write_bytes(b"\0garbage\0" * 100 + log.read_bytes())

    with embedded.services(own_settings, durable=False) as urls:
        assert await remembered(urls) == (["保留"], "None")
    assert (own_settings.var_dir / "embedded/valkey.unreadable").is_dir()


def test_a_half_made_cluster_is_made_again(own_settings: Settings) -> None:
    draft = own_settings.var_dir / "embedded/postgres.new"
    draft.mkdir(parents=True)
    (draft / "PG_VERSION").write_text("18\n")

    with embedded.services(own_settings, durable=False) as urls:
        assert urls.database_url
    assert not draft.exists()


def test_data_of_another_version_is_left_alone(own_settings: Settings) -> None:
    data = own_settings.var_dir / "embedded/postgres"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("17\n")

    with (
        pytest.raises(EmbeddedServicesUnavailable, match="PostgreSQL 17"),
        embedded.services(own_settings, durable=False),
    ):
        pass
    assert [path.name for path in data.iterdir()] == ["PG_VERSION"]


def _postmaster_file(var_dir: Path) -> str:
    file = var_dir / "embedded/postgres/postmaster.pid"
    return file.read_text() if file.exists() else ""
