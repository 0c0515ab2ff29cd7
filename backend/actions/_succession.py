"""One case passes from one person to another: person, open tasks and booked visits together."""

from backend.actions._tasks import OPEN
from backend.actions.act import Act
from backend.actions.assignments import Part
from backend.actions.record import record
from backend.models import Case, PreServiceProject, Staff, Task, Visit, reference


async def pass_manager(case: Case, to: Staff | None, *, act: Act, note: str | None) -> list[Task]:
    """The case has another manager, or none; its row is held. Returns what the new one has to do."""
    before = case.manager_id
    case.manager_id = to.id if to else None
    await case.save(update_fields=["manager_id"])
    await _pass_visits(case, "visit", to)
    await record(
        case, "reassigned" if to else "left_without_manager", act=act, facts={"before": before, "note": note}
    )
    return await _pass_tasks(case, "customer_manager", to)


async def pass_part(project: PreServiceProject, part: Part, to: Staff | None, *, act: Act) -> list[Task]:
    """Somebody else designs, builds or inspects; the project's row is held."""
    before = getattr(project, f"{part}_id")
    setattr(project, f"{part}_id", to.id if to else None)
    await project.save(update_fields=[f"{part}_id"])
    if part == "designer":
        await _pass_visits(project, "survey", to)
    await record(project, "handed_on", act=act, facts={"part": part, "before": before})
    return await _pass_tasks(project, part, to)


async def _pass_tasks(case: Case, role: str, to: Staff | None) -> list[Task]:
    """Whoever gets a task has not accepted it yet."""
    tasks = await Task.filter(**reference(case), role=role, state__in=OPEN).order_by("id")
    for task in tasks:
        task.assignee_id, task.state, task.accepted_at = (to.id if to else None), "open", None
        await task.save(update_fields=["assignee_id", "state", "accepted_at"])
    return tasks


async def _pass_visits(case: Case, purpose: str, to: Staff | None) -> None:
    booked = Visit.filter(**reference(case), purpose=purpose, state="booked")
    await booked.update(staff_id=to.id if to else None)
