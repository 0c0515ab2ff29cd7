"""REDIS_URL: one server, sentinels or a cluster; what is wrong is said in words."""

import re

import pytest

from config import settings
from config.redis_address import find_several
from config.settings_problems import BadSettings


def test_one_server_stays_the_clients_own_address() -> None:
    for address in ("redis://:secret@db:6379/0", "rediss://db", "unix:///run/redis.sock"):
        assert find_several(address) is None


def test_sentinels_and_the_master_they_watch() -> None:
    found = find_several("rediss+sentinel://ops:p%40ss@a:26380,b/lantian/2?sentinel_password=other")
    assert found is not None
    assert found.hosts == (("a", 26380), ("b", 26379))
    assert (found.tls, found.username, found.password) == (True, "ops", "p@ss")
    assert (found.master, found.database, found.sentinel_password) == ("lantian", 2, "other")
    assert "p@ss" not in repr(found)


def test_a_cluster_is_found_by_some_of_its_nodes() -> None:
    found = find_several("redis+cluster://:secret@[::1]:7000,b")
    assert found is not None
    assert (found.kind, found.hosts) == ("cluster", (("::1", 7000), ("b", 6379)))
    assert (found.tls, found.password) == (False, "secret")


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("memcached://x", "redis+sentinel://"),
        ("redis+sentinel://a:26379", "主库名"),
        ("redis+sentinel://a/lantian/first", "库号"),
        ("redis+cluster://a:7000/3", "集群只有 0 号库"),
        ("redis+cluster://", "主机"),
        ("redis+cluster://a:7000:1,b", "主机"),
    ],
)
def test_what_is_wrong_is_said(address: str, problem: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", address)
    with pytest.raises(BadSettings, match=f"REDIS_URL：.*{re.escape(problem)}"):
        settings.load()
