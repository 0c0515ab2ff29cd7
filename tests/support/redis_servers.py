"""Several Valkeys of a test's own: a master with its replica and a sentinel, or a cluster."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from redis import Redis

from backend.embedded import account
from backend.embedded.valkey import binary
from tests.support.processes import free_port
from tests.support.programs import Program
from tests.support.waiting import wait_until

_MASTER = "lantian"
_SILENCE = "300"  # milliseconds until a server counts as lost
_AT_ONCE = ("--repl-diskless-sync-delay", "0")
_SLOTS = ((0, 5460), (5461, 10922), (10923, 16383))


@dataclass(frozen=True, kw_only=True)
class Servers:
    """What REDIS_URL names, and the one that is to be lost: it holds data, and has a replica."""

    url: str
    doomed: Program


@contextmanager
def open_watched_pair(folder: Path) -> Iterator[Servers]:
    """A master, its replica, and a sentinel that makes the one of the other."""
    with ExitStack() as running:
        master = _start(running, folder)
        replica = _start(running, folder, "--replicaof", "127.0.0.1", str(master.port))
        sentinel = _start(running, folder, "--sentinel", settings=_watch(master.port))
        wait_until(lambda: _follows(replica), "the replica follows")
        wait_until(lambda: _ask(sentinel, "SENTINEL", "REPLICAS", _MASTER), "the sentinel knows the replica")
        yield Servers(url=f"redis+sentinel://127.0.0.1:{sentinel.port}/{_MASTER}/0", doomed=master)


@contextmanager
def open_cluster(folder: Path) -> Iterator[Servers]:
    """Three masters and a replica of the first."""
    with ExitStack() as running:
        buses = [free_port() for _ in (*_SLOTS, "replica")]
        nodes = [_start(running, folder, *_member(bus)) for bus in buses]
        *masters, replica = nodes
        first = masters[0]
        for master, (low, high) in zip(masters, _SLOTS, strict=True):
            _ask(master, "CLUSTER", "ADDSLOTSRANGE", low, high)
        for node in nodes[1:]:
            _ask(node, "CLUSTER", "MEET", "127.0.0.1", first.port, buses[0])
        wait_until(lambda: all(_is_whole(node, len(nodes)) for node in nodes), "the cluster is one")
        _ask(replica, "CLUSTER", "REPLICATE", _ask(first, "CLUSTER", "MYID"))
        wait_until(lambda: _follows(replica), "the replica follows")
        wait_until(lambda: all("slave" in _map(node) for node in nodes), "everybody knows of the replica")
        addresses = ",".join(f"127.0.0.1:{node.port}" for node in masters)
        yield Servers(url=f"redis+cluster://{addresses}", doomed=first)


def _start(running: ExitStack, folder: Path, *options: str, settings: str = "") -> Program:
    """A server on a port of its own; `settings` are a sentinel's, which keeps them in its file."""
    port = free_port()
    place = folder / str(port)
    place.mkdir()
    output, file = place / "output.log", place / "valkey.conf"
    file.write_text(settings)
    account.prepare(place, (output, file), account.choose(place))
    common = ["--port", str(port), "--bind", "127.0.0.1", "--dir", str(place), *_AT_ONCE]
    program = Program([binary(), file, *common, *options], folder=place, port=port)
    program.start()
    running.callback(program.kill)
    return program


def _member(bus: int) -> list[str]:
    return ["--cluster-enabled", "yes", "--cluster-port", str(bus), "--cluster-node-timeout", _SILENCE]


def _watch(port: int) -> str:
    return (
        f"sentinel monitor {_MASTER} 127.0.0.1 {port} 1\n"
        f"sentinel down-after-milliseconds {_MASTER} {_SILENCE}\n"
        f"sentinel failover-timeout {_MASTER} 2000\n"
    )


def _ask(program: Program, *words: Any) -> Any:
    with Redis(port=program.port, decode_responses=True) as client:
        return client.execute_command(*words)


def _follows(replica: Program) -> bool:
    return bool(_ask(replica, "INFO", "replication")["master_link_status"] == "up")


def _map(node: Program) -> str:
    return str(_ask(node, "CLUSTER", "NODES"))


def _is_whole(node: Program, size: int) -> bool:
    told = str(_ask(node, "CLUSTER", "INFO"))
    return "cluster_state:ok" in told and f"cluster_known_nodes:{size}" in told
