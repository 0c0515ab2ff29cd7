"""Keeps one server program running until told to stop."""

import asyncio
import logging
import time
from asyncio.subprocess import Process
from contextlib import suppress
from signal import SIGINT, SIGQUIT

from backend.embedded.children import spawn
from backend.embedded.errors import EmbeddedServicesUnavailable
from backend.embedded.programs import Program

_LOG = logging.getLogger(__name__)
_READY_WITHIN = 60.0  # seconds; recovery after a power cut takes longer than a start
_ENDED_WITHIN = 20.0
_LONGEST_PAUSE = 5.0  # between two starts of a program that keeps dying
_POLL = 0.02


class Runner:
    """One program and its process."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._starting = asyncio.Lock()
        self._process: Process | None = None
        self._watch: asyncio.Task[None] | None = None

    async def ensure_started(self) -> str:
        """The program's address, once it answers. Raises EmbeddedServicesUnavailable."""
        async with self._starting:
            if self._watch is None:
                await self._program.prepare()
                await self._start_mending_once()
                self._watch = asyncio.create_task(self._start_again_when_it_dies())
        return self._program.url

    async def stop(self) -> None:
        """End the program cleanly; by force only when it does not follow."""
        if self._watch:
            self._watch.cancel()
        if self._process is None or self._process.returncode is not None:
            return
        for signal in (SIGINT, SIGQUIT):
            with suppress(ProcessLookupError):
                self._process.send_signal(signal)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._process.wait(), _ENDED_WITHIN)
                return
        self._process.kill()

    async def _start_mending_once(self) -> None:
        try:
            await self._start()
        except EmbeddedServicesUnavailable:
            if not self._program.try_mend():
                raise
            _LOG.warning("%s could not open its data; starting with what was mended", self._program.name)
            await self._program.prepare()
            await self._start()

    async def _start(self) -> None:
        self._process = await spawn(*self._program.command())
        give_up = time.monotonic() + _READY_WITHIN
        while not await self._program.is_ready():
            if self._process.returncode is not None or time.monotonic() > give_up:
                raise EmbeddedServicesUnavailable(f"内置 {self._program.name} 没有启动成功")
            await asyncio.sleep(_POLL)
        _LOG.info("%s is ready, process %s", self._program.name, self._process.pid)

    async def _start_again_when_it_dies(self) -> None:
        pause = _POLL
        while True:
            if self._process:
                code = await self._process.wait()
                _LOG.warning("%s ended by itself with %s; starting it again", self._program.name, code)
            await asyncio.sleep(pause)
            try:
                await self._start()
                pause = _POLL
            except EmbeddedServicesUnavailable:  # for instance its orphans still use the data
                pause = min(pause * 2, _LONGEST_PAUSE)
