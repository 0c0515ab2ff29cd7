"""REDIS_URL where there is more than one server: the sentinels of a master, or the nodes of a cluster."""

import re
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import parse_qsl, unquote, urlsplit

_ONE_SERVER = {"redis", "rediss", "unix"}
_PORTS = {"cluster": 6379, "sentinel": 26379}
_SEVERAL = re.compile(r"(?P<secure>rediss?)\+(?P<kind>cluster|sentinel)")
_WHERE = re.compile(r"(?P<host>\[[\da-fA-F:.]+\]|[^\[\]:@/]+)(?::(?P<port>\d{1,5}))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Several:
    """`hosts` are the sentinels', or some of the cluster's nodes; `master` and `database` only sentinels know."""

    kind: Literal["cluster", "sentinel"]
    hosts: tuple[tuple[str, int], ...]
    tls: bool
    username: str | None
    password: str | None = field(repr=False)
    master: str
    database: int
    sentinel_password: str | None = field(repr=False)


def check_redis_address(address: str) -> str:
    """The address unchanged. Raises ValueError, with what is wrong, unless the Redis client can open it."""
    if urlsplit(address).scheme not in _ONE_SERVER:
        find_several(address)
    return address


def find_several(address: str) -> Several | None:
    """None for one server. Raises ValueError.

    `redis+sentinel://:password@host:26379,host:26379/master/0?sentinel_password=…` or
    `redis+cluster://:password@host:6379,host:6379`; `rediss+…` by TLS.
    """
    parts = urlsplit(address)
    if parts.scheme in _ONE_SERVER:
        return None
    form = _SEVERAL.fullmatch(parts.scheme)
    if form is None:
        raise ValueError(
            "须为 redis://、rediss://、unix://、redis+sentinel:// 或 redis+cluster:// 开头的地址"
        )
    account, _, places = parts.netloc.rpartition("@")
    username, _, password = account.partition(":")
    kind: Literal["cluster", "sentinel"] = "cluster" if form["kind"] == "cluster" else "sentinel"
    master, _, database = parts.path.strip("/").partition("/")
    _check_path(kind, master, database)
    return Several(
        kind=kind,
        hosts=_hosts(places, _PORTS[kind]),
        tls=form["secure"] == "rediss",
        username=unquote(username) or None,
        password=unquote(password) or None,
        master=master,
        database=int(database or 0),
        sentinel_password=dict(parse_qsl(parts.query)).get("sentinel_password"),
    )


def _check_path(kind: str, master: str, database: str) -> None:
    if kind == "cluster" and master not in {"", "0"}:
        raise ValueError("集群只有 0 号库，地址里不写库号")
    if kind == "sentinel" and (not master or not re.fullmatch(r"\d*", database)):
        raise ValueError("须为 redis+sentinel://主机:端口,主机:端口/主库名/库号")


def _hosts(places: str, port: int) -> tuple[tuple[str, int], ...]:
    found = [_WHERE.fullmatch(place) for place in places.split(",")]
    if not all(found):
        raise ValueError("主机须写成 主机:端口,主机:端口")
    return tuple((one["host"].strip("[]"), int(one["port"] or port)) for one in found if one)
