"""A pgbouncer with the settings of docs/pgbouncer.ini, so that what operators copy is what was tried."""

from collections.abc import Iterator
from configparser import ConfigParser
from contextlib import contextmanager
from pathlib import Path

from backend.embedded import account
from config.settings import PROJECT_ROOT
from tests.support.processes import free_port
from tests.support.programs import Program, find_or_skip

DOCUMENTED = PROJECT_ROOT / "docs" / "pgbouncer.ini"
_FEW = "3"  # connections to PostgreSQL, so that those who share them meet
_PASSWORD = "only-in-tests"


class PgBouncer(Program):
    """In front of one database of the server whose sockets are in a folder."""

    @property
    def url(self) -> str:
        return f"postgres://lantian:{_PASSWORD}@127.0.0.1:{self.port}/lantian"


@contextmanager
def open_pgbouncer(folder: Path, *, sockets: str, database: str) -> Iterator[PgBouncer]:
    """One that runs until the end of the block; skips the test where it is not installed."""
    program = find_or_skip("pgbouncer")
    settings, accounts, port = folder / "pgbouncer.ini", folder / "userlist.txt", free_port()
    folder.mkdir(exist_ok=True)
    accounts.write_text(f'"lantian" "{_PASSWORD}"\n')
    with settings.open("w") as file:
        _placed(folder, sockets=sockets, database=database, port=port).write(file)
    account.prepare(folder, (settings, accounts, folder / "output.log"), account.choose(folder))
    running = PgBouncer([program, settings], folder=folder, port=port)
    running.start()
    try:
        yield running
    finally:
        running.kill()


def _placed(folder: Path, *, sockets: str, database: str, port: int) -> ConfigParser:
    """The documented settings with this machine's places."""
    known = ConfigParser(interpolation=None)
    known.read_string(DOCUMENTED.read_text())
    known["databases"]["lantian"] = f"host={sockets} dbname={database} user=postgres"
    places = {
        "listen_port": str(port),
        "unix_socket_dir": "",
        "logfile": str(folder / "pgbouncer.log"),
        "pidfile": str(folder / "pgbouncer.pid"),
        "auth_file": str(folder / "userlist.txt"),
        "default_pool_size": _FEW,
        "reserve_pool_size": "0",
    }
    known["pgbouncer"].update(places)
    return known
