"""One child process: started, its output passed on line by line, kept running within reason, stopped."""

import asyncio
import os
import signal
import sys
from asyncio import StreamReader, StreamReaderProtocol
from asyncio.subprocess import DEVNULL, STDOUT, Process
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
    process, output = await _start(command, environment)
    passing_on = asyncio.create_task(_pass_on(name, output))
    try:
        return await process.wait()
    except asyncio.CancelledError:
        await _stop(process)
        raise
    finally:
        with suppress(ProcessLookupError):  # workers it left behind would keep its port
            os.killpg(process.pid, signal.SIGKILL)
        await passing_on


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


async def _start(command: Sequence[str], environment: Mapping[str, str]) -> tuple[Process, StreamReader]:
    """A process in a session of its own, for Ctrl-C is ours: we stop them in order."""
    ours, theirs = (
        os.pipe()
    )  # our own, because asyncio's would report an end only when every worker has closed it too
    process = await asyncio.create_subprocess_exec(
        *command,
        env=environment,
        stdin=DEVNULL,
        stdout=theirs,
        stderr=STDOUT,
        start_new_session=True,
        preexec_fn=end_with_parent(signal.SIGTERM),
    )
    os.close(theirs)
    output = StreamReader(limit=1 << 20)
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: StreamReaderProtocol(output), os.fdopen(ours, "rb")
    )
    return process, output


async def _pass_on(name: str, output: StreamReader) -> None:
    async for line in output:
        sys.stdout.write(f"{name:<9} | {line.decode(errors='replace').rstrip()}\n")
        sys.stdout.flush()


async def _stop(process: Process) -> None:
    """Ask the process to end, and wait a while; what is left then is killed."""
    with suppress(ProcessLookupError, TimeoutError):
        process.terminate()
        await asyncio.wait_for(process.wait(), _STOPS_WITHIN)
