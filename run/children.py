"""One child process: started, its output passed on line by line, kept running within reason, stopped."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, STDOUT, Process
from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import suppress

from backend.embedded.children import end_with_parent
from run.plan import Member
from run.wording import say

_RESTARTS = 5  # within a minute; more is no accident
_MINUTE = 60.0
_STOPS_WITHIN = 15.0  # seconds


class GaveUp(Exception):
    """A member keeps dying."""


async def run_once(name: str, command: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run a command to its end; its exit code."""
    process = await _start(command, environment)
    try:
        await _pass_on(name, process)
    except asyncio.CancelledError:
        await _stop(process)
        raise
    return await process.wait()


async def keep_running(member: Member, environment: Mapping[str, str]) -> None:
    """Run a member until cancelled, again when it ends by itself. Raises GaveUp when that happens too often."""
    now = asyncio.get_running_loop().time
    ends: deque[float] = deque(maxlen=_RESTARTS)
    while True:
        code = await run_once(member.name, member.command, environment)
        if len(ends) == _RESTARTS and now() - ends[0] < _MINUTE:
            say("given_up", name=member.name)
            raise GaveUp(member.name)
        ends.append(now())
        say("restarting", name=member.name, code=code)
        await asyncio.sleep(min(len(ends), 3))  # seconds; a dependency may need a moment too


async def _start(command: Sequence[str], environment: Mapping[str, str]) -> Process:
    return await asyncio.create_subprocess_exec(
        *command,
        env=environment,
        stdin=DEVNULL,
        stdout=PIPE,
        stderr=STDOUT,
        limit=1 << 20,
        start_new_session=True,  # Ctrl-C is ours: we stop them in order
        preexec_fn=end_with_parent(signal.SIGTERM),
    )


async def _pass_on(name: str, process: Process) -> None:
    assert process.stdout is not None  # noqa: S101  asked for with PIPE
    async for line in process.stdout:
        sys.stdout.write(f"{name:<9} | {line.decode(errors='replace').rstrip()}\n")
        sys.stdout.flush()


async def _stop(process: Process) -> None:
    """Ask the process to end; after a while end its whole group."""
    with suppress(ProcessLookupError):
        process.terminate()
        try:
            await asyncio.wait_for(process.wait(), _STOPS_WITHIN)
        except TimeoutError:
            os.killpg(process.pid, signal.SIGKILL)
