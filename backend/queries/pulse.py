"""Whether anything changed since somebody looked: marks that differ when it did, and tell nothing else."""

from tortoise.expressions import Q
from tortoise.functions import Count, Max

from backend.models import ConnectionApplication, Event, Task
from backend.queries import desks
from backend.queries.callers import Member


async def of_desk(member: Member) -> str:
    """Changes with the tasks on this desk: a new one, one taken, ended, moved to another hour or person."""
    states = await (
        Task.filter(await desks.on_desk(member), state__in=desks.STATES_OF["open"])
        .annotate(count=Count("id"), newest=Max("id"), latest=Max("due_at"), taken=Max("accepted_at"))
        .values_list("count", "newest", "latest", "taken")
    )
    return "/".join(str(part) for part in states[0]) if states else ""


async def of_application(number: str) -> str:
    """Changes with every event of the application and of its project."""
    row = await ConnectionApplication.get(number=number)
    return await _newest(Q(application_id=row.id) | Q(project_id=row.project_id))


async def of_project(project_id: int) -> str:
    """Changes with every event of the project."""
    return await _newest(Q(project_id=project_id))


async def _newest(which: Q) -> str:
    newest = await Event.filter(which).order_by("-id").first().values_list("id", flat=True)
    return str(newest)
