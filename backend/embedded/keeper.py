"""The process that owns the embedded servers while anybody uses them.

A user connects to the keeper's socket, writes one line naming the services wanted, reads one line of JSON (addresses or an
error in words), and stays connected for as long as it uses them: a user killed in any way is noticed by its closed connection.
One that leaves in good order closes its half and reads to the end; for the last user that is when the servers have stopped.
"""

import asyncio
import json
import logging
import os
import signal
import sys
from asyncio import StreamReader, StreamWriter
from contextlib import suppress
from datetime import timedelta

from backend.embedded import locks, places
from backend.embedded.errors import EmbeddedServicesUnavailable
from backend.embedded.places import Places, State
from backend.embedded.postgres import Postgres
from backend.embedded.runner import Runner
from backend.embedded.valkey import Valkey

_LOG = logging.getLogger(__name__)
_FIRST_USER_WITHIN = 15.0  # seconds; whoever started us may have been killed since
_PREVIOUS_ENDS_BY_ITSELF = timedelta(seconds=3)
_PREVIOUS_ENDS_WHEN_ASKED = timedelta(seconds=30)


def take_over(where: Places) -> None:
    """Wait until no process of an earlier keeper has the data open, then own it. Raises EmbeddedServicesUnavailable."""
    lock = os.open(where.lock, os.O_RDWR)
    os.set_inheritable(lock, True)
    previous = where.read_state()
    if not locks.try_lock(lock, patience=_PREVIOUS_ENDS_BY_ITSELF):
        if (
            previous and sys.platform != "linux"
        ):  # on Linux servers end with their keeper; elsewhere they stay, its process group
            with suppress(ProcessLookupError):
                os.killpg(previous.keeper, signal.SIGINT)
        if not locks.try_lock(lock, patience=_PREVIOUS_ENDS_WHEN_ASKED):
            raise EmbeddedServicesUnavailable(f"另一个进程正在使用 {where.root}")
    if previous:
        places.remove_sockets_directory(previous.sockets)


class Keeper:
    """Counts users, starts what they want, stops it all when the last one has left."""

    def __init__(self, where: Places, *, durable: bool) -> None:
        self._where = where
        self._sockets = places.make_sockets_directory()
        self._users: set[StreamWriter] = set()
        self._done = asyncio.Event()
        self._runners = {
            "postgres": Runner(Postgres(data=where.postgres, sockets=self._sockets, durable=durable)),
            "valkey": Runner(Valkey(data=where.valkey, sockets=self._sockets)),
        }

    async def run(self) -> None:
        loop = asyncio.get_running_loop()
        for asked in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(asked, self._done.set)
        loop.call_later(_FIRST_USER_WITHIN, self._leave_when_unused)
        door = await asyncio.start_unix_server(self._serve, places.keeper_socket(self._sockets))
        self._where.write_state(State(os.getpid(), self._sockets))
        await self._done.wait()
        self._where.forget_state()  # first: nobody shall join while we stop
        door.close()
        await asyncio.gather(*(runner.stop() for runner in self._runners.values()))
        places.remove_sockets_directory(self._sockets)

    def _leave_when_unused(self) -> None:
        if not self._users:
            self._done.set()

    async def _serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        self._users.add(writer)
        try:
            wanted = (await reader.readline()).decode().split()
            writer.write(json.dumps(await self._answer(wanted)).encode() + b"\n")
            await reader.read()  # until the user has gone
        except ConnectionError:
            _LOG.info("a user left without a word")
        finally:
            self._users.discard(writer)
            self._leave_when_unused()
            if (
                not self._done.is_set()
            ):  # the last user waits, for the end of our process closes its connection
                writer.close()

    async def _answer(self, wanted: list[str]) -> dict[str, str]:
        try:
            return dict(
                zip(
                    wanted,
                    await asyncio.gather(*(self._runners[name].ensure_started() for name in wanted)),
                    strict=True,
                )
            )
        except EmbeddedServicesUnavailable as error:
            return {"error": f"{error}（详情见 {self._where.log}）"}
