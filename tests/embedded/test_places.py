"""Where VAR_DIR lies and who we are does not matter, and nothing outside it changes."""

import os
import tempfile
from pathlib import Path

import pytest

from backend import embedded
from backend.embedded import places
from config.settings import Settings
from tests.embedded.conftest import postgres_pid, remember, remembered

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="concerns root only")


async def test_a_deep_folder_with_spaces_and_chinese(own_var_dir: Path) -> None:
    deep = own_var_dir.joinpath("新郑 蓝天", *["a-rather-long-name-of-a-folder"] * 8)
    deep.mkdir(parents=True)

    with embedded.services(Settings(var_dir=deep, database_url=None, redis_url=None), durable=False) as urls:
        await remember(urls, "周五")
        assert await remembered(urls) == (["周五"], "周五")


def test_a_long_temporary_folder_is_avoided(monkeypatch: pytest.MonkeyPatch, own_var_dir: Path) -> None:
    long = own_var_dir / ("x" * 90)
    long.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(long))

    sockets = places.make_sockets_directory()
    try:
        assert len(str(sockets / ".s.PGSQL.5432.lock")) < 104
        assert sockets.stat().st_mode & 0o777 == 0o700
    finally:
        places.remove_sockets_directory(sockets)


def test_only_our_own_folders_are_ever_removed(own_var_dir: Path) -> None:
    foreign = own_var_dir / "foreign"
    foreign.mkdir()

    places.remove_sockets_directory(foreign)
    assert foreign.exists()


@as_root
def test_root_gives_the_servers_to_an_unprivileged_user(own_settings: Settings) -> None:
    with embedded.services(own_settings, durable=False):
        owner = Path(f"/proc/{postgres_pid(own_settings.var_dir)}").stat().st_uid

    assert owner != 0
    assert own_settings.var_dir.stat().st_uid == 0


@as_root
def test_root_works_below_a_closed_folder_without_opening_it(own_var_dir: Path) -> None:
    own_var_dir.chmod(0o700)
    below = own_var_dir / "var"

    with embedded.services(Settings(var_dir=below, database_url=None, redis_url=None), durable=False) as urls:
        assert urls.database_url
    assert own_var_dir.stat().st_mode & 0o777 == 0o700


@as_root
def test_in_the_folder_of_an_ordinary_user_root_leaves_the_data_to_him(own_var_dir: Path) -> None:
    ordinary = 1  # "daemon", on every Unix
    os.chown(own_var_dir, ordinary, ordinary)

    with embedded.services(Settings(var_dir=own_var_dir, database_url=None, redis_url=None), durable=False):
        pass
    kept = [own_var_dir / "embedded", *own_var_dir.rglob("embedded/*")]
    assert {path.stat().st_uid for path in kept} == {ordinary}
