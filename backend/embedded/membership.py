"""Joining the keeper of a VAR_DIR, and starting one where there is none."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from backend.embedded import account, locks, places, postgres, valkey
from backend.embedded.errors import EmbeddedServicesUnavailable
from backend.embedded.places import Places
from config.settings import PROJECT_ROOT

_PATIENCE = timedelta(seconds=120)  # a first start on a slow machine, or one after a power cut
_POLL = 0.02
_LARGEST_LOG = 5_000_000  # bytes; then it begins afresh


def join(var_dir: Path, wanted: Sequence[str], *, durable: bool) -> tuple[socket.socket, dict[str, str]]:
    """A connection that keeps the `wanted` services alive until it is closed, and their addresses.

    Raises EmbeddedServicesUnavailable.
    """
    where = Places.under(var_dir)
    try:
        runs_as = account.choose(where.root)
        account.prepare(where.root, (where.lock, where.starting, where.log), runs_as)
        with locks.locked(where.starting, patience=_PATIENCE):
            return _join_or_start(where, wanted, runs_as, durable=durable)
    except PermissionError as error:
        raise EmbeddedServicesUnavailable(
            f"{error.filename} 属于另一个用户：请换一个 VAR_DIR，或用原来的用户运行"
        ) from error
    except TimeoutError as error:
        raise EmbeddedServicesUnavailable(f"内置服务迟迟没有就绪（详情见 {where.log}）") from error


def leave(connection: socket.socket) -> None:
    """Give a place up. The last one to leave returns when the servers have stopped."""
    with connection, suppress(OSError):  # a keeper that was killed has stopped them already
        connection.shutdown(socket.SHUT_WR)
        connection.recv(1)


def _join_or_start(
    where: Places, wanted: Sequence[str], runs_as: account.Account | None, *, durable: bool
) -> tuple[socket.socket, dict[str, str]]:
    give_up = time.monotonic() + _PATIENCE.total_seconds()
    keeper: subprocess.Popen[bytes] | None = None
    while time.monotonic() < give_up:
        joined = _try_join(where, wanted)
        if joined:
            return joined
        if keeper is not None and keeper.poll() is not None:
            raise EmbeddedServicesUnavailable(f"内置服务没有启动成功（详情见 {where.log}）")
        keeper = keeper or _start_keeper(where, runs_as, durable=durable)
        time.sleep(_POLL)
    raise TimeoutError


def _try_join(where: Places, wanted: Sequence[str]) -> tuple[socket.socket, dict[str, str]] | None:
    """None where no keeper listens, or the one that did was just leaving."""
    state = where.read_state()
    if state is None:
        return None
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(_PATIENCE.total_seconds())
    try:
        connection.connect(str(places.keeper_socket(state.sockets)))
        connection.sendall(" ".join(wanted).encode() + b"\n")
        line = connection.makefile().readline()
    except (FileNotFoundError, ConnectionError):
        line = ""
    if not line:
        connection.close()
        return None
    answer: dict[str, str] = json.loads(line)
    if "error" in answer:
        connection.close()
        raise EmbeddedServicesUnavailable(answer["error"])
    return connection, answer


def _start_keeper(
    where: Places, runs_as: account.Account | None, *, durable: bool
) -> subprocess.Popen[bytes]:
    """A keeper in a session of its own: Ctrl-C is for its users, who then leave it."""
    # -B: running as another user below our directories, it must not leave compiled files of its own there
    command = [sys.executable, "-B", "-m", "backend.embedded", "--places", str(where.root)]
    command += [] if durable else ["--not-durable"]
    needs = [Path(sys.executable), Path(__file__), postgres.binary("postgres"), valkey.binary(), where.root]
    with where.log.open("wb" if where.log.stat().st_size > _LARGEST_LOG else "ab") as log:
        return account.launch(
            command, needs=needs, account=runs_as,
            cwd=PROJECT_ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
