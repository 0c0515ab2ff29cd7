"""Any number of processes use one pair of servers, which live exactly as long as anybody does."""

import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from backend import embedded
from backend.embedded import EmbeddedServicesUnavailable
from config.settings import Settings
from tests.embedded.conftest import User, postgres_pid, remember, remembered, valkey_pid
from tests.support.waiting import alive, wait_until


async def test_what_was_written_is_there_at_the_next_start(own_settings: Settings) -> None:
    async with embedded.services(own_settings) as urls:
        await remember(urls, "周五")
    async with embedded.services(own_settings) as urls:
        assert await remembered(urls) == (["周五"], "周五")


def test_processes_that_start_at_once_share_one_pair(user: Callable[[], User]) -> None:
    first, second, third = user(), user(), user()

    assert first.urls() == second.urls() == third.urls()


def test_the_servers_stop_when_the_last_user_leaves(user: Callable[[], User], own_var_dir: Path) -> None:
    first, second = user(), user()
    urls = first.urls()
    second.urls()
    servers = postgres_pid(own_var_dir), valkey_pid(urls)

    first.leave()
    assert all(alive(pid) for pid in servers)
    second.leave()
    assert not any(alive(pid) for pid in servers)
    assert not Path(urls.redis_url.removeprefix("unix://")).parent.exists()


def test_a_killed_user_is_noticed(user: Callable[[], User], own_var_dir: Path) -> None:
    only = user()
    only.urls()
    postgres = postgres_pid(own_var_dir)

    only.kill()
    wait_until(lambda: not alive(postgres), "PostgreSQL has stopped")


def test_ctrl_c_at_a_user_does_not_reach_the_servers(user: Callable[[], User], own_var_dir: Path) -> None:
    first, second = user(), user()
    first.urls()
    second.urls()

    first._process.send_signal(signal.SIGINT)
    first.leave()
    assert alive(postgres_pid(own_var_dir))


def test_given_addresses_pass_through_and_nothing_starts(own_var_dir: Path) -> None:
    given = Settings(var_dir=own_var_dir, database_url="postgres://u@db/x", redis_url="redis://cache")

    with embedded.services(given) as urls:
        assert (urls.database_url, urls.redis_url) == ("postgres://u@db/x", "redis://cache")
    assert not list(own_var_dir.iterdir())


def test_only_what_is_missing_starts(own_var_dir: Path) -> None:
    given = Settings(var_dir=own_var_dir, database_url="postgres://u@db/x", redis_url=None)

    with embedded.services(given) as urls:
        assert urls.database_url == "postgres://u@db/x"
        assert valkey_pid(urls)
    assert not (own_var_dir / "embedded/postgres").exists()


def test_production_never_gets_them(own_var_dir: Path) -> None:
    production = Settings.model_construct(
        app_env="production", var_dir=own_var_dir, database_url="postgres://u@db/x", redis_url=None
    )
    with pytest.raises(EmbeddedServicesUnavailable, match="REDIS_URL"), embedded.services(production):
        pass
