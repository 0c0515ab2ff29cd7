"""A department's figures over a span: what was filed, lit, late, said (§3-3: three departments answer for the rules)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from backend.queries import reach
from backend.queries.callers import Member
from backend.queries.rows import rows_of_late
from backend.rules.clocks import OPEN
from backend.rules.stages import APPLICATION
from config import policy

# written out: an index of the open ones knows them by that
_OPEN_CLOCK = ", ".join(f"'{state}'" for state in sorted(OPEN))
# Each count finds its own few rows by an index, and what it needs of others by their keys: joined as tables, whatever was
# there before the span would be read with it. `mine` is not materialized for the same reason.
_COUNTS = f"""
WITH mine AS NOT MATERIALIZED (
    SELECT * FROM applications
    WHERE manager_id IS NULL OR manager_id <> ALL (ARRAY(SELECT id FROM staff WHERE department = ANY($1)))
), lit AS (
    SELECT count(*) AS ignited, count(kept.yes) AS on_time, count(rating) AS ratings, round(avg(rating), 1) AS average_rating
    FROM mine LEFT JOIN LATERAL (
        SELECT 1 AS yes FROM clocks k
        WHERE k.application_id = mine.id AND k.kind = 'ignition' AND k.state = 'met' AND NOT k.late LIMIT 1
    ) kept ON true
    WHERE ignited_at >= $2 AND ignited_at < $3
), voices AS (
    SELECT count(*) FILTER (WHERE name = 'urged') AS urged, count(*) FILTER (WHERE name = 'complained') AS complained
    FROM events e CROSS JOIN LATERAL (SELECT 1 FROM mine WHERE mine.id = e.application_id LIMIT 1) whose
    WHERE e.name IN ('urged', 'complained') AND e.at >= $2 AND e.at < $3
), still AS (
    SELECT count(*) AS open, count(*) FILTER (WHERE manager_id IS NULL) AS unassigned FROM mine WHERE stage = ANY($5)
), overdue AS (
    SELECT DISTINCT application_id AS id FROM clocks
    WHERE state IN ({_OPEN_CLOCK}) AND due_at <= $4 AND application_id IS NOT NULL
)
SELECT *, (SELECT count(*) FROM mine WHERE filed_at >= $2 AND filed_at < $3) AS filed,
    (SELECT count(*) FROM overdue CROSS JOIN LATERAL (
        SELECT 1 FROM mine WHERE mine.id = overdue.id AND stage = ANY($5) LIMIT 1) whose) AS late
FROM lit, voices, still
"""  # noqa: S608  put together from our own words
_BREACHES = """
SELECT kind, count(*) AS breaches FROM (
    SELECT k.kind, coalesce(
        CASE WHEN k.kind = 'design' THEN (SELECT designer_id FROM projects WHERE id = k.project_id) END,
        (SELECT manager_id FROM applications WHERE id = k.application_id),
        (SELECT manager_id FROM projects WHERE id = k.project_id)
    ) AS whose FROM clocks k WHERE k.breached_at >= $2 AND k.breached_at < $3
) breached LEFT JOIN staff s ON s.id = whose
WHERE s.id IS NULL OR NOT s.department = ANY($1) GROUP BY kind ORDER BY kind
"""
_DUE = """
SELECT k.kind, k.due_at, a.number, a.contact_name, a.address
FROM clocks k JOIN applications a ON a.id = k.application_id LEFT JOIN staff m ON m.id = a.manager_id
WHERE k.ended_at IS NULL AND k.due_at >= $2 AND k.due_at < $3 AND (m.id IS NULL OR NOT m.department = ANY($1))
ORDER BY k.due_at, k.id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """From one instant (included) to another (not), UTC."""

    begins: datetime
    ends: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """`on_time` of `ignited` were lit within their limit, `ratings` of them rated; `breaches` by clock: all of the span.

    `open`, `unassigned` and `late` are as it is now.
    """

    department: str
    filed: int
    ignited: int
    on_time: int
    ratings: int
    average_rating: Decimal | None
    urged: int
    complained: int
    breaches: dict[str, int]
    open: int
    unassigned: int
    late: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DueCase:
    """An application with a clock that ends."""

    kind: str
    due_at: datetime
    number: str
    contact_name: str
    address: str


async def get(member: Member, span: Span, *, now: datetime) -> Figures:
    """What a supervisor answers for: the own department's people, those of departments without one, and nobody's cases."""
    others = await reach.other_departments(member)
    (counts,) = await rows_of_late(_COUNTS, others, span.begins, span.ends, now, APPLICATION.open)
    breaches = await rows_of_late(_BREACHES, others, span.begins, span.ends)
    return Figures(
        department=member.department, breaches={row["kind"]: row["breaches"] for row in breaches}, **counts
    )


async def due(member: Member, span: Span) -> tuple[DueCase, ...]:
    """The applications whose clocks end within the span, the earliest first."""
    others = await reach.other_departments(member)
    return tuple(DueCase(**row) for row in await rows_of_late(_DUE, others, span.begins, span.ends))


def day_of(at: datetime, *, later: int = 0) -> Span:
    """The day round an instant, or so many days later, in the policy's zone."""
    today = at.astimezone(policy.current().tz).replace(hour=0, minute=0, second=0, microsecond=0)
    begins = today + timedelta(days=later)
    return Span(begins=begins.astimezone(at.tzinfo), ends=(begins + timedelta(days=1)).astimezone(at.tzinfo))
