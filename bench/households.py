"""Importing 20,000 households in the portions of the service, beside COPY of the same rows."""

import time
from typing import TypeAlias

import asyncpg
import orjson

from backend import clock, database
from backend.actions import imports
from bench.place import Place
from bench.row import Row

_ROWS, _ROUNDS = 20_000, 3
_COLUMNS = ("building", "unit", "room", "contact_name", "contact_phone", "meter_number")
_RUN = """
INSERT INTO import_runs (kind, project_id, file_name, good, total, done, created, changed, bad_rows, state, by_staff_id,
    by_role, created_at)
SELECT 'households', $1, 'bench.xlsx', $2, $2, 0, 0, 0, '[]', 'running', min(id), 'counter_clerk', $3 FROM staff
RETURNING id
"""
Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"


async def rows(here: Place) -> list[Row]:
    """Households a second, each portion committed with its checkpoint."""
    connection = await asyncpg.connect(here.postgres)
    await database.open_database(str(here.settings.database_url))
    sheet = [_household(number) for number in range(_ROWS)]
    ours: list[float] = []
    theirs: list[float] = []
    try:
        project = await connection.fetchval("SELECT min(id) FROM projects WHERE stage = 'accepted'")
        await connection.execute("UPDATE projects SET archived_at = now() WHERE id = $1", project)
        for _ in range(_ROUNDS):
            theirs.append(await _copied(connection, project, sheet))
            ours.append(await _imported(connection, project, sheet))
    finally:
        await connection.execute("DELETE FROM household_files")
        await database.close_database()
        await connection.close()
    name = f"importing {_ROWS:,} households"
    return [Row(name=name, unit="/s", ours=ours, reference="COPY of the same rows", theirs=theirs)]


def _household(number: int) -> dict[str, str]:
    values = (
        f"{number // 200 + 1}号楼",
        f"{number // 50 % 4 + 1}单元",
        f"{number % 50 + 101}",
        "张三",
        f"138{number:08d}",
        f"G{number:07d}",
    )
    return dict(zip(_COLUMNS, values, strict=True))


async def _copied(connection: Connection, project: int, sheet: list[dict[str, str]]) -> float:
    await connection.execute("DELETE FROM household_files")
    now = clock.now()
    records = [(project, *one.values(), now, now) for one in sheet]
    columns = ("project_id", *_COLUMNS, "created_at", "changed_at")
    began = time.perf_counter()
    await connection.copy_records_to_table("household_files", records=records, columns=columns)
    return len(sheet) / (time.perf_counter() - began)


async def _imported(connection: Connection, project: int, sheet: list[dict[str, str]]) -> float:
    await connection.execute(
        "DELETE FROM household_files; DELETE FROM import_sheets; DELETE FROM import_runs"
    )
    run = await connection.fetchval(_RUN, project, len(sheet), clock.now())
    await connection.execute(
        "INSERT INTO import_sheets (run_id, rows) VALUES ($1, $2)", run, orjson.dumps(sheet).decode()
    )
    began = time.perf_counter()
    while await imports.import_next(now=clock.now(), real_now=clock.real_now()):
        pass
    return len(sheet) / (time.perf_counter() - began)
