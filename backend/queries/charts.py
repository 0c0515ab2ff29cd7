"""A department's figures as they are drawn: on time by day, stages by how long they take, channels, managers (§3-3)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from backend.models import Staff
from backend.queries import reach
from backend.queries.callers import Member
from backend.queries.figures import Span
from backend.queries.rows import rows
from backend.rules.clocks import OPEN
from backend.rules.stages import APPLICATION
from config import policy

_DAYS_APART = timedelta(days=62)  # a longer span is told by weeks
# What was lit is looked up by key, case by case: joined as tables, the clocks and events of all years would be read with it.
_MINE = """
WITH mine AS NOT MATERIALIZED (
    SELECT a.*, m.department, m.name AS manager_name FROM applications a LEFT JOIN staff m ON m.id = a.manager_id
    WHERE (m.id IS NULL OR NOT m.department = ANY($1)) AND ($2::text IS NULL OR m.department = $2)
), lit AS MATERIALIZED (
    SELECT mine.id, channel, manager_id, ignited_at, kept.yes IS NOT NULL AS on_time FROM mine LEFT JOIN LATERAL (
        SELECT 1 AS yes FROM clocks k
        WHERE k.application_id = mine.id AND k.kind = 'ignition' AND k.state = 'met' AND NOT k.late LIMIT 1
    ) kept ON true
    WHERE ignited_at >= $3 AND ignited_at < $4
)
"""
_BY_TIME = """
SELECT date_trunc($5, ignited_at AT TIME ZONE $6)::date AS begins, count(*) AS ignited, count(*) FILTER (WHERE on_time) AS on_time
FROM lit GROUP BY begins ORDER BY begins
"""
_BY_CHANNEL = """
SELECT channel, count(*) AS filed, 0 AS ignited, 0 AS on_time FROM mine
WHERE filed_at >= $3 AND filed_at < $4 GROUP BY channel
UNION ALL
SELECT channel, 0, count(*), count(*) FILTER (WHERE on_time) FROM lit GROUP BY channel
"""
_BY_STAGE = """
, passed AS (
    SELECT e.stage, e.at, lag(e.stage) OVER (PARTITION BY e.application_id ORDER BY e.id) AS before,
        e.application_id, e.id
    FROM lit CROSS JOIN LATERAL (SELECT * FROM events WHERE application_id = lit.id OFFSET 0) e
), entered AS (
    SELECT stage, at, lead(at) OVER (PARTITION BY application_id ORDER BY id) AS next_at
    FROM passed WHERE before IS DISTINCT FROM stage
)
SELECT stage, count(*) AS cases, percentile_cont(0.5) WITHIN GROUP (ORDER BY next_at - at) AS median,
    percentile_cont(0.9) WITHIN GROUP (ORDER BY next_at - at) AS most
FROM entered WHERE next_at IS NOT NULL GROUP BY stage
"""
_BY_MANAGER = """
SELECT m.name, m.department,
    (SELECT count(*) FROM applications a WHERE a.manager_id = m.id AND a.stage = ANY($5)) AS open,
    (SELECT count(*) FROM applications a CROSS JOIN LATERAL (
        SELECT 1 FROM clocks k WHERE k.application_id = a.id AND k.state = ANY($7) AND k.due_at <= $6 LIMIT 1
    ) overdue WHERE a.manager_id = m.id AND a.stage = ANY($5)) AS late,
    coalesce(theirs.ignited, 0) AS ignited, coalesce(theirs.on_time, 0) AS on_time
FROM staff m LEFT JOIN (
    SELECT manager_id, count(*) AS ignited, count(*) FILTER (WHERE on_time) AS on_time FROM lit GROUP BY manager_id
) theirs ON theirs.manager_id = m.id
WHERE 'customer_manager' = ANY(m.roles) AND m.active AND NOT m.department = ANY($1) AND ($2::text IS NULL OR m.department = $2)
ORDER BY open DESC, m.id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """What was lit from `begins` on, a day or a week, and how much of it within the limit."""

    begins: date
    ignited: int
    on_time: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelFigures:
    channel: str
    filed: int
    ignited: int
    on_time: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StageFigures:
    """How long the cases that were lit stayed in a stage: half of them at most `median`, nine in ten at most `most`."""

    stage: str
    cases: int
    median: timedelta
    most: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagerFigures:
    """`open` and `late` as it is now, the rest of the span."""

    name: str
    department: str
    open: int
    late: int
    ignited: int
    on_time: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Charts:
    """Everything that is drawn; `by_weeks` says what a point of `times` stands for."""

    by_weeks: bool
    times: tuple[Point, ...]
    stages: tuple[StageFigures, ...]
    channels: tuple[ChannelFigures, ...]
    managers: tuple[ManagerFigures, ...]


async def get(member: Member, span: Span, department: str | None, *, now: datetime) -> Charts:
    """What a supervisor answers for, or the part of it that one department does. `span` is in the policy's zone."""
    asked = (await reach.other_departments(member), department, span.begins, span.ends)
    weeks = span.ends - span.begins > _DAYS_APART
    unit, zone = "week" if weeks else "day", policy.current().tz.key
    return Charts(
        by_weeks=weeks,
        times=_every(span, weeks, await rows(_MINE + _BY_TIME, *asked, unit, zone)),
        stages=_in_order([StageFigures(**row) for row in await rows(_MINE + _BY_STAGE, *asked)]),
        channels=_together(await rows(_MINE + _BY_CHANNEL, *asked)),
        managers=tuple(
            ManagerFigures(**row)
            for row in await rows(_MINE + _BY_MANAGER, *asked, APPLICATION.open, now, sorted(OPEN))
        ),
    )


async def departments(member: Member) -> tuple[str, ...]:
    """Those a supervisor answers for."""
    others = await reach.other_departments(member)
    found = await Staff.filter(active=True, roles__contains=["customer_manager"]).exclude(
        department__in=others
    )
    return tuple(sorted({row.department for row in found}))


def _every(span: Span, weeks: bool, found: list[dict[str, Any]]) -> tuple[Point, ...]:
    """A point for each day or week, also for one without an ignition."""
    known = {row["begins"]: Point(**row) for row in found}
    day, last = span.begins.date(), (span.ends - timedelta(microseconds=1)).date()
    day -= timedelta(days=day.weekday() if weeks else 0)
    points = []
    while day <= last:
        points.append(known.get(day) or Point(begins=day, ignited=0, on_time=0))
        day += timedelta(days=7 if weeks else 1)
    return tuple(points)


def _in_order(found: list[StageFigures]) -> tuple[StageFigures, ...]:
    known = {one.stage: one for one in found}
    return tuple(known[stage] for stage in APPLICATION.order if stage in known)


def _together(found: list[dict[str, object]]) -> tuple[ChannelFigures, ...]:
    """What was filed and what was lit through one channel, the busiest first."""
    sums: dict[str, dict[str, int]] = {}
    for row in found:
        channel = sums.setdefault(str(row["channel"]), {"filed": 0, "ignited": 0, "on_time": 0})
        for name in channel:
            channel[name] += int(str(row[name]))
    joined = [ChannelFigures(channel=channel, **counts) for channel, counts in sums.items()]
    return tuple(sorted(joined, key=lambda one: -one.filed))
