"""The service's own processes, as an operator starts them: `python -m backend`, `scheduler`, `simulator`."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from signal import SIGKILL

import httpx

from config.settings import PROJECT_ROOT

_READY_WITHIN = 30.0  # seconds
_POLL = 0.05


def free_port() -> int:
    """A loopback port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass(kw_only=True)
class RunningProcess:
    """One `python -m <module>` with its output in a file; may be killed and started again."""

    module: str
    environment: Mapping[str, str]
    log: Path
    url: str = ""
    ready_path: str = ""
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self) -> None:
        """Start it and wait until `ready_path` answers 200, if there is one. Raises AssertionError with its output."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", self.module],
                cwd=PROJECT_ROOT,
                env={**os.environ, **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        give_up = time.monotonic() + _READY_WITHIN
        while self.ready_path and not self._answers():
            if self._process.poll() is not None or time.monotonic() > give_up:
                self.kill()
                raise AssertionError(f"python -m {self.module} did not get ready:\n{self.output()}")
            time.sleep(_POLL)

    def stop(self) -> None:
        """End it as Ctrl-C or a service manager would, and wait for it."""
        if self._process and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                self.kill()

    def kill(self) -> None:
        """End it as a power cut would, with its workers."""
        if self._process:
            with suppress(ProcessLookupError):  # it and its workers have ended already
                os.killpg(self._process.pid, SIGKILL)
            self._process.wait()

    def alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def output(self) -> str:
        return self.log.read_text(errors="replace")[-8000:]

    def _answers(self) -> bool:
        try:
            return httpx.get(self.url + self.ready_path, timeout=2, trust_env=False).status_code == 200
        except httpx.TransportError:
            return False
