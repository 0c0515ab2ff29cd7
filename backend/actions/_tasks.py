"""Opens and closes what people have to do."""

from datetime import datetime

from backend.actions import _clocks
from backend.models import Case, Task, reference
from backend.rules.stages import Step, TaskKind
from config.policy import ClockKind

_DUE_BY: dict[TaskKind, ClockKind] = {
    "visit": "first_visit",
    "ignition": "ignition",
    "collect_documents": "deferred_documents",
}
OPEN = ("open", "accepted")


async def apply(case: Case, step: Step, *, now: datetime) -> list[Task]:
    """Closes and opens what the step says, and returns the newly opened tasks. An open task of a kind is not doubled."""
    existing = await Task.filter(**reference(case), state__in=OPEN)
    for task in existing:
        if step.cancels or task.kind in step.closes:
            await end(task, "cancelled" if step.cancels else "done", now=now)
    held = {task.kind for task in existing if task.kind not in step.closes}
    return [await open_one(case, kind, now=now) for kind in step.opens if kind not in held]


async def open_one(case: Case, kind: TaskKind, *, now: datetime) -> Task:
    """A task for the case's manager, due when its clock is; without a manager, for whoever has the role."""
    clock = next((row for row in await _clocks.open_clocks(case) if row.kind == _DUE_BY.get(kind)), None)
    return await Task.create(
        **reference(case),
        kind=kind,
        role="customer_manager",
        assignee_id=case.manager_id,
        opened_at=now,
        due_at=clock.due_at if clock else None,
    )


async def end(task: Task, state: str, *, now: datetime) -> None:
    """Nothing more is to be done."""
    task.state, task.ended_at, task.climb_at = state, now, None
    await task.save(update_fields=["state", "ended_at", "climb_at"])
