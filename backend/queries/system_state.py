"""How the machinery stands: what waits in the outbox, what failed, which errands ran, how large the database is."""

from dataclasses import dataclass
from datetime import datetime

from tortoise import connections

_STATES = """
SELECT state, count(*) AS many, min(created_at) AS oldest FROM outbox
WHERE state IN ('waiting', 'dead', 'called_back') GROUP BY state
"""
_DUE = """
SELECT message, attempt_at, attempts FROM outbox
WHERE state = 'waiting' AND attempt_at <= $1 AND (held_until IS NULL OR held_until <= $2)
ORDER BY attempt_at LIMIT 1
"""
_RUNS = """
SELECT DISTINCT ON (job) job, scheduled_for, began_at FROM job_runs ORDER BY job, scheduled_for DESC
"""
_DATABASE = """
SELECT pg_database_size(current_database()) AS bytes, current_setting('server_version') AS version,
       (SELECT max(name) FROM tortoise_migrations) AS migration
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class OldestDue:
    """The message that has waited longest past its hour; `since` is real time."""

    message: str
    since: datetime
    attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRun:
    """The newest run of one errand: the hour it belongs to, and when it began in real time."""

    job: str
    scheduled_for: datetime
    began_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemState:
    """`dead` were for staff, `called_back` wait for the hotline to call; `size` is in bytes."""

    waiting: int
    dead: int
    called_back: int
    oldest_due: OldestDue | None
    runs: tuple[JobRun, ...]
    size: int
    database_version: str
    migration: str


async def read(*, now: datetime, real_now: datetime) -> SystemState:
    """As it is at this moment."""
    database = connections.get("default")
    states = {row["state"]: row["many"] for row in await database.execute_query_dict(_STATES)}
    due = await database.execute_query_dict(_DUE, [real_now, now])
    runs = await database.execute_query_dict(_RUNS)
    (about,) = await database.execute_query_dict(_DATABASE)
    return SystemState(
        waiting=states.get("waiting", 0),
        dead=states.get("dead", 0),
        called_back=states.get("called_back", 0),
        oldest_due=_oldest(due[0]) if due else None,
        runs=tuple(JobRun(**row) for row in runs),
        size=about["bytes"],
        database_version=about["version"],
        migration=about["migration"] or "",
    )


def _oldest(row: dict[str, object]) -> OldestDue:
    return OldestDue(
        message=str(row["message"]),
        since=row["attempt_at"],  # type: ignore[arg-type]  # a timestamptz column
        attempts=int(str(row["attempts"])),
    )
