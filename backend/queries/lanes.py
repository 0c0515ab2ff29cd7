"""The supervisor's board: open cases by stage, in each the late, the ownerless and the paused first, then by time left."""

from dataclasses import dataclass
from datetime import datetime

from backend.models import ConnectionApplication
from backend.queries import my_applications, reach
from backend.queries.callers import Member
from backend.queries.my_applications import Summary
from backend.queries.rows import rows
from backend.rules.clocks import OPEN
from backend.rules.stages import APPLICATION

_SHOWN = 12  # cases of one stage on the board; the rest is a list to search

_STANDING = """
WITH still AS (
    SELECT a.id, a.stage, a.manager_id IS NULL AS ownerless, k.due, coalesce(k.due <= $3, false) AS late,
        coalesce(k.paused, false) AS paused
    FROM applications a LEFT JOIN staff m ON m.id = a.manager_id
    LEFT JOIN LATERAL (
        SELECT min(due_at) AS due, bool_or(state = 'paused') AS paused FROM clocks
        WHERE (application_id = a.id OR a.stage = 'awaiting_project' AND project_id = a.project_id) AND state = ANY($4)
    ) k ON true
    WHERE a.stage = ANY($2) AND (m.id IS NULL OR NOT m.department = ANY($1))
), ranked AS (
    SELECT *, row_number() OVER (
        PARTITION BY stage ORDER BY late DESC, ownerless DESC, paused DESC, due NULLS LAST, id
    ) AS place FROM still
)
SELECT stage, count(*) AS total, count(*) FILTER (WHERE late) AS late, count(*) FILTER (WHERE ownerless) AS ownerless,
    count(*) FILTER (WHERE paused) AS paused, count(*) FILTER (WHERE NOT late AND due < $5) AS due_soon,
    array_agg(id ORDER BY place) FILTER (WHERE place <= $6) AS first
FROM ranked GROUP BY stage
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """The open cases of one stage; `first` are the most urgent, `due_soon` end today."""

    stage: str
    total: int
    late: int
    ownerless: int
    paused: int
    due_soon: int
    first: tuple[Summary, ...]


async def get(member: Member, *, now: datetime, day_ends: datetime) -> tuple[Lane, ...]:
    """One lane for each stage that is not the last, in their order; of what a supervisor answers for."""
    stages = APPLICATION.open
    others = await reach.other_departments(member)
    found = await rows(_STANDING, others, stages, now, sorted(OPEN), day_ends, _SHOWN)
    known = {row["stage"]: row for row in found}
    shown = await _summaries([id_ for row in found for id_ in row["first"]], now)
    return tuple(_lane(stage, known.get(stage, {}), shown) for stage in stages)


async def _summaries(ids: list[int], now: datetime) -> dict[int, Summary]:
    cases = await ConnectionApplication.filter(id__in=ids).prefetch_related("manager")
    return {one.id: one for one in await my_applications.summaries(cases, now)}


def _lane(stage: str, counts: dict[str, object], shown: dict[int, Summary]) -> Lane:
    numbers = {
        name: int(str(counts.get(name, 0))) for name in ("total", "late", "ownerless", "paused", "due_soon")
    }
    first: list[int] = counts.get("first") or []  # type: ignore[assignment]  # the query's own array
    return Lane(stage=stage, **numbers, first=tuple(shown[id_] for id_ in first if id_ in shown))
