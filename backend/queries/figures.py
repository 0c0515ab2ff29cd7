"""A department's figures over a span: what was filed, lit, late, said (§3-3: three departments answer for the rules)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from backend.queries import reach
from backend.queries.callers import Member
from backend.queries.rows import rows_of_late
from backend.rules.stages import APPLICATION
from config import policy

# Not materialized: each count finds its own few rows by index, where the whole table would be copied first.
_COUNTS = """
WITH mine AS NOT MATERIALIZED (
    SELECT a.* FROM applications a LEFT JOIN staff m ON m.id = a.manager_id
    WHERE m.id IS NULL OR NOT m.department = ANY($1)
), lit AS (
    SELECT mine.rating, EXISTS (
        SELECT FROM clocks k WHERE k.application_id = mine.id AND k.kind = 'ignition' AND k.state = 'met' AND NOT k.late
    ) AS on_time
    FROM mine WHERE ignited_at >= $2 AND ignited_at < $3
), still AS (SELECT * FROM mine WHERE stage = ANY($5))
SELECT (SELECT count(*) FROM mine WHERE filed_at >= $2 AND filed_at < $3) AS filed,
    (SELECT count(*) FROM lit) AS ignited,
    (SELECT count(*) FROM lit WHERE on_time) AS on_time,
    (SELECT count(rating) FROM lit) AS ratings,
    (SELECT round(avg(rating), 1) FROM lit) AS average_rating,
    (SELECT count(*) FROM still) AS open,
    (SELECT count(*) FROM still WHERE manager_id IS NULL) AS unassigned,
    (SELECT count(*) FROM still WHERE EXISTS (SELECT FROM clocks k WHERE k.application_id = still.id AND k.due_at <= $4
        AND k.ended_at IS NULL)) AS late,
    (SELECT count(*) FROM events e JOIN mine ON mine.id = e.application_id
        WHERE e.name = 'urged' AND e.at >= $2 AND e.at < $3) AS urged,
    (SELECT count(*) FROM events e JOIN mine ON mine.id = e.application_id
        WHERE e.name = 'complained' AND e.at >= $2 AND e.at < $3) AS complained
"""
_BREACHES = """
SELECT k.kind, count(*) AS breaches FROM clocks k
LEFT JOIN applications a ON a.id = k.application_id LEFT JOIN projects p ON p.id = k.project_id
LEFT JOIN staff s ON s.id = coalesce(CASE WHEN k.kind = 'design' THEN p.designer_id END, a.manager_id, p.manager_id)
WHERE k.breached_at >= $2 AND k.breached_at < $3 AND (s.id IS NULL OR NOT s.department = ANY($1))
GROUP BY k.kind ORDER BY k.kind
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
