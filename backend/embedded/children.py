"""Child processes that cannot outlive their parent."""

import asyncio
import ctypes
import os
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import Callable
from pathlib import Path
from signal import SIGINT, Signals

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None  # loaded before any fork

# A clean environment: PGDATA, PGOPTIONS or a foreign locale of the caller must not leak into the servers.
_ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}


async def spawn(*command: str | Path) -> Process:
    """Start a program that ends, as if by Ctrl-C, when we end, even by `kill -9` (Linux).

    It inherits our output and the lock of the data, so that the lock is free only when it is gone too.
    """
    return await asyncio.create_subprocess_exec(
        *command, stdin=DEVNULL, env=_ENVIRONMENT, close_fds=False, preexec_fn=end_with_parent(SIGINT)
    )


def end_with_parent(by: Signals) -> Callable[[], None]:
    """What a child of ours does before it becomes another program, so that it gets the signal `by` when we die (Linux)."""
    parent = os.getpid()

    def tie() -> None:
        if _LIBC is not None:
            _LIBC.prctl(_PR_SET_PDEATHSIG, by)
        if os.getppid() != parent:  # it ended between our fork and this line
            os._exit(1)

    return tie
