"""PostgreSQL clusters of a test's own, from the embedded binaries: a primary, and copies of it that follow."""

import subprocess
from collections.abc import Sequence
from pathlib import Path
from signal import SIGINT, SIGQUIT

from backend.embedded import account
from backend.embedded.postgres import binary

_USER = ["--username=postgres"]


class Cluster:
    """One server in `folder`, reached through its socket there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.account = account.choose(folder)
        self._process: subprocess.Popen[bytes] | None = None
        account.prepare(folder, (), self.account)

    @property
    def url(self) -> str:
        return f"asyncpg://postgres@/postgres?host={self.folder}"

    def make(self) -> None:
        """An empty primary."""
        self._run("initdb", "-D", str(self._data), *_USER, "--auth=trust", "--encoding=UTF8", "--no-sync")

    def copy(self, primary: "Cluster") -> None:
        """A replica that follows `primary` once it is started."""
        known = ["-h", str(primary.folder), *_USER, "-D", str(self._data)]
        self._run("pg_basebackup", *known, "-R", "-X", "stream", "-c", "fast", "--no-sync")

    def start(self) -> None:
        """Until it answers."""
        settings = ("listen_addresses=", f"unix_socket_directories={self.folder}", "fsync=off")
        options = [part for setting in settings for part in ("-c", setting)]
        self._process = self._launch("postgres", "-D", str(self._data), *options)
        self._run("pg_isready", "-h", str(self.folder), *_USER, again=True)

    def stop(self, *, at_once: bool = False) -> None:
        """Cleanly, or as a power cut would."""
        if self._process is not None:
            self._process.send_signal(SIGQUIT if at_once else SIGINT)
            self._process.wait(timeout=20)
            self._process = None

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    def _run(self, program: str, *options: str, again: bool = False) -> None:
        tries = 200 if again else 1
        for _ in range(tries):
            if self._launch(program, *options).wait(timeout=60) == 0:
                return
        raise AssertionError(f"{program} did not succeed")

    def _launch(self, program: str, *options: str) -> subprocess.Popen[bytes]:
        command: Sequence[str] = [str(binary(program)), *options]
        return account.launch(
            command, needs=[binary(program)], account=self.account, cwd="/", stdout=subprocess.DEVNULL
        )
