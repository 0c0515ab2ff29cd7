"""Past one machine: a replica answers what may be a second old, and goes on when the primary is lost."""

import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import pytest

from backend import database
from backend.models import ConnectionApplication
from backend.queries import progress
from backend.queries.rows import rows, rows_of_late
from tests.support.builders import MONDAY_15, a_member_of_staff, an_accepted_site, an_application
from tests.support.clusters import Cluster
from tests.support.services import for_asyncpg

_WHERE = "SELECT pg_is_in_recovery() AS replica"
_COUNT = "SELECT count(*) AS filed FROM applications"
# An acknowledged case is on both machines before the person hears of it.
_SYNCHRONOUS = "ALTER SYSTEM SET synchronous_standby_names = '*'"


@pytest.fixture
def folder() -> Iterator[Path]:
    """Short, for a socket's path may have a hundred bytes."""
    path = Path(tempfile.mkdtemp(prefix="replica-"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture
async def pair(folder: Path) -> AsyncIterator[tuple[Cluster, Cluster]]:
    """A migrated primary and the replica that confirms each of its commits."""
    primary, replica = Cluster(folder / "a"), Cluster(folder / "b")
    try:
        primary.make()
        primary.start()
        await database.migrate(primary.url)
        replica.copy(primary)
        replica.start()
        await tell(primary, _SYNCHRONOUS, "SELECT pg_reload_conf()")
        yield primary, replica
    finally:
        await database.close_database()
        replica.stop()
        primary.stop(at_once=True)


async def tell(cluster: Cluster, *statements: str) -> None:
    connection = await asyncpg.connect(for_asyncpg(cluster.url))
    for statement in statements:
        await connection.execute(statement)
    await connection.close()


async def file_one() -> ConnectionApplication:
    await an_accepted_site()
    await a_member_of_staff("customer_manager", districts=["龙湖镇"])
    return await an_application()


async def seen_by_the_replica(wanted: int) -> bool:
    """Within a few hundred questions; each takes a moment of its own."""
    for _ in range(500):
        if (await rows_of_late(_COUNT))[0]["filed"] == wanted:
            return True
    return False


async def test_it_reads_is_promoted_and_no_acknowledged_case_is_lost(pair: tuple[Cluster, Cluster]) -> None:
    primary, replica = pair
    await database.open_database(primary.url, replica_url=replica.url)
    filed = await file_one()
    assert (await rows(_WHERE))[0]["replica"] is False
    assert (await rows_of_late(_WHERE))[0]["replica"] is True
    assert await seen_by_the_replica(1)
    last = await an_application(address="新郑市龙湖镇龙湖锦园九号楼901")
    await database.close_database()
    primary.stop(at_once=True)

    await tell(replica, "ALTER SYSTEM RESET synchronous_standby_names", "SELECT pg_promote()")
    await tell(replica, "SELECT pg_reload_conf()")
    await database.open_database(replica.url)
    for number in (filed.number, last.number):
        assert (await progress.get(number, now=MONDAY_15)).timeline
    await an_application(address="新郑市龙湖镇龙湖锦园十号楼1001")
    assert await ConnectionApplication.all().count() == 3


async def test_while_the_replica_is_away_the_primary_answers(database_url: str, folder: Path) -> None:
    nobody = f"asyncpg://postgres@/postgres?host={folder}"
    await database.open_database(database_url, replica_url=nobody)
    try:
        assert (await rows_of_late(_COUNT))[0]["filed"] == 0
    finally:
        await database.close_database()
