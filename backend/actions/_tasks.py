"""Opens and closes what people have to do."""

from datetime import datetime

from backend.actions import _clocks
from backend.models import Case, PreServiceProject, Task, reference
from backend.rules.stages import DUE_BY, Role, Step, TaskKind

_ROLES: dict[TaskKind, Role] = {
    "design": "designer",
    "revise_design": "designer",
    "build": "contractor",
    "rectify": "contractor",
    "settlement": "contractor",
    "inspect": "inspector",
    "review_settlement": "supervisor",
    "household_files": "counter_clerk",
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
    """A task for whoever does this part of the case, due when its clock is; without such a person, for the role."""
    clocks = [row for row in await _clocks.open_clocks(case) if row.kind in DUE_BY.get(kind, ())]
    clock = clocks[0] if clocks else None
    role = _ROLES.get(kind, "customer_manager")
    return await Task.create(
        **reference(case),
        kind=kind,
        role=role,
        assignee_id=assignee_of(case, role),
        opened_at=now,
        due_at=clock.due_at if clock else _contract_date(case, kind),
    )


def _contract_date(case: Case, kind: TaskKind) -> datetime | None:
    """Building is due by the contract's date (§1.1-4)."""
    return case.contract_due_at if kind == "build" and isinstance(case, PreServiceProject) else None


def assignee_of(case: Case, role: str) -> int | None:
    """Who of the case's people has this role; None where everyone with the role shares the work."""
    if role == "customer_manager":
        return case.manager_id
    if isinstance(case, PreServiceProject):
        own = {"designer": case.designer_id, "contractor": case.contractor_id, "inspector": case.inspector_id}
        return own.get(role)
    return None


async def end(task: Task, state: str, *, now: datetime) -> None:
    """Nothing more is to be done."""
    task.state, task.ended_at, task.climb_at = state, now, None
    await task.save(update_fields=["state", "ended_at", "climb_at"])
