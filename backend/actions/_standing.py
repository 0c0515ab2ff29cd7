"""How a case stands, as a step needs to know it: who answers for it, its open clocks and tasks, and whom else it concerns."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from backend.actions._writing import StartedClock
from backend.models import Case, ConnectionApplication
from backend.queries.case_parts import CLOCK, read_clock
from backend.queries.rows import rows
from backend.rules import clocks
from backend.rules.clocks import Clock
from backend.rules.stages import TaskKind

OPEN_TASK = ("open", "accepted")

_STANDING = """
SELECT s.name, s.phone,
    ARRAY(SELECT {clock} FROM clocks k WHERE k.{case} = $1 AND k.state = ANY($3) ORDER BY k.id) AS clocks,
    {partners} AS partners,
    ARRAY(SELECT (t.id, t.kind) FROM tasks t WHERE t.{case} = $1 AND t.state = ANY($4) ORDER BY t.id) AS tasks
FROM (SELECT) AS one LEFT JOIN staff s ON s.id = $2
"""
_PARTNERS = "ARRAY(SELECT (p.partner, p.external_id) FROM partner_cases p WHERE {} ORDER BY p.id)"
_OF_APPLICATION = _STANDING.format(
    clock=CLOCK, case="application_id", partners=_PARTNERS.format("p.application_id = $1")
)
_OF_PROJECT = _STANDING.format(clock=CLOCK, case="project_id", partners=_PARTNERS.format("false"))


@dataclass(frozen=True, slots=True)
class Person:
    """A member of staff, as texts name them."""

    name: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """`tasks` are the kinds of the open ones by id; `partners` have a share in the application, each with its own id of it."""

    manager: Person | None
    clocks: tuple[Clock, ...]
    tasks: dict[int, TaskKind]
    partners: tuple[tuple[str, str], ...]

    def after(self, begun: Sequence[StartedClock]) -> "Standing":
        """With the clocks that a step begins."""
        return replace(self, clocks=(*self.clocks, *(one.clock for one in begun)))


async def of(case: Case) -> Standing:
    """As the surrounding transaction sees it."""
    sql = _OF_APPLICATION if isinstance(case, ConnectionApplication) else _OF_PROJECT
    (row,) = await rows(sql, case.id, case.manager_id, list(clocks.OPEN), list(OPEN_TASK))
    return Standing(
        manager=Person(row["name"], row["phone"]) if row["name"] else None,
        clocks=tuple(map(read_clock, row["clocks"])),
        tasks={task: kind for task, kind in row["tasks"]},  # noqa: C416  records, which `dict` does not take
        partners=tuple((partner, external_id) for partner, external_id in row["partners"]),
    )
