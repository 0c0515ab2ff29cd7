"""Servers that come from Debian's packages, started by a test for itself."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from signal import SIGKILL, SIGTERM, Signals

import pytest

from backend.embedded import account

_READY_WITHIN = 10.0  # seconds
_POLL = 0.02


def find_or_skip(name: str) -> Path:
    """Where the program is. CI has it (see .ci/run); elsewhere the test is skipped, and says what to install."""
    found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if found is None and os.environ.get("CI"):
        pytest.fail(f"{name} is not installed: .ci/run should have done it")
    if found is None:
        pytest.skip(f"{name} is not installed on this machine (Debian: apt-get install {name})")
    return Path(found)


class Program:
    """One server that listens on `port` of this machine; may be killed and started again. As root it runs as nobody."""

    def __init__(self, command: Sequence[str | Path], *, folder: Path, port: int) -> None:
        self.port = port
        self._command = [str(part) for part in command]
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Until it listens."""
        log = self._folder / "output.log"
        with log.open("ab") as output:
            self._process = account.launch(
                self._command, needs=[Path(self._command[0])], account=account.choose(self._folder),
                cwd="/", stdin=subprocess.DEVNULL, stdout=output, stderr=output,
            )  # fmt: skip
        give_up = time.monotonic() + _READY_WITHIN
        while not _listens(self.port):
            if self._process.poll() is not None or time.monotonic() > give_up:
                self.kill()
                raise AssertionError(f"{self._command[0]} did not start:\n{log.read_text()}")
            time.sleep(_POLL)

    def signal(self, by: Signals) -> None:
        if self._process is not None:
            self._process.send_signal(by)

    def stop(self) -> None:
        self._end(SIGTERM)

    def kill(self) -> None:
        """As a power cut would."""
        self._end(SIGKILL)

    def _end(self, by: Signals) -> None:
        if self._process is not None:
            self._process.send_signal(by)
            self._process.wait(timeout=10)
            self._process = None


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
