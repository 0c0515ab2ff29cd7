"""What a supervisor has to look at now: cases of nobody, late ones, people away, messages that did not arrive."""

from dataclasses import dataclass
from datetime import datetime

from backend.models import CaseClock, ConnectionApplication, PreServiceProject
from backend.queries import message_desk, my_applications, reach, reachable
from backend.queries.callers import Member
from backend.queries.my_applications import Summary
from backend.queries.rows import rows
from backend.rules.clocks import OPEN
from backend.rules.stages import APPLICATION, PROJECT

_MOST = 50  # cases of one kind on the board; more than that is a list to search

# Counted for each manager among their open cases: joined and grouped, everything they ever had would be read.
_MANAGERS = """
SELECT id, name, phone, districts, away_until,
    (SELECT count(*) FROM applications a WHERE a.manager_id = staff.id AND a.stage = ANY($2)) AS open_cases
FROM staff WHERE active AND 'customer_manager' = ANY(roles) AND NOT department = ANY($1) ORDER BY open_cases, id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagerOnBoard:
    """A customer manager, how much they have, and whether they are away."""

    id: int
    name: str
    phone: str
    districts: tuple[str, ...]
    open_cases: int
    away_until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """Lists of applications hold at most fifty, the most urgent first; `projects_without_manager` are ids."""

    unassigned: tuple[Summary, ...]
    late: tuple[Summary, ...]
    projects_without_manager: tuple[int, ...]
    undelivered: int
    managers: tuple[ManagerOnBoard, ...]


async def get(member: Member, *, now: datetime) -> Board:
    """For a supervisor."""
    mine = ConnectionApplication.filter(id__in=await reachable.ids(member, ("supervisor",), "application"))
    still = mine.exclude(stage__in=list(APPLICATION.final))
    overdue = await (
        CaseClock.filter(application_id__isnull=False, state__in=list(OPEN), due_at__lte=now)
        .order_by("due_at")
        .values_list("application_id", flat=True)
    )
    unassigned = (
        await still.filter(manager_id__isnull=True).order_by("id").limit(_MOST).prefetch_related("manager")
    )
    late = await still.filter(id__in=list(overdue)).order_by("id").limit(_MOST).prefetch_related("manager")
    orphans = PreServiceProject.filter(manager_id__isnull=True).exclude(stage__in=list(PROJECT.final))
    return Board(
        unassigned=tuple(await my_applications.summaries(unassigned, now)),
        late=tuple(await my_applications.summaries(late, now)),
        projects_without_manager=tuple(await orphans.order_by("id").values_list("id", flat=True)),  # type: ignore[arg-type]  # flat values are ids
        undelivered=await message_desk.count(member, ("supervisor",)),
        managers=await list_managers(member),
    )


async def list_managers(member: Member) -> tuple[ManagerOnBoard, ...]:
    """The managers of the departments the supervisor answers for, those with the least first."""
    others = await reach.other_departments(member)
    found = await rows(_MANAGERS, others, APPLICATION.open)
    return tuple(ManagerOnBoard(**{**row, "districts": tuple(row["districts"])}) for row in found)
