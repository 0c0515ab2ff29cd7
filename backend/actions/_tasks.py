"""Opens and closes what people have to do."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from backend.actions._standing import OPEN_TASK, Standing
from backend.actions._writing import NewTask
from backend.models import Case, PreServiceProject, Task
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
OPEN = OPEN_TASK


async def close(held: Mapping[int, TaskKind], steps: Sequence[Step], *, now: datetime) -> set[TaskKind]:
    """Ends those of the case's open tasks, kinds by id, that the steps close; the kinds that stay open."""
    still = dict(held)
    for step in steps:
        over = [task for task, kind in still.items() if step.cancels or kind in step.closes]
        if over:
            state = "cancelled" if step.cancels else "done"
            await Task.filter(id__in=over).update(state=state, ended_at=now, climb_at=None)
            still = {task: kind for task, kind in still.items() if task not in over}
    return set(still.values())


def plan(case: Case, step: Step, standing: Standing, held: Collection[TaskKind]) -> list[NewTask]:
    """The tasks that the step opens, for whoever does this part of the case, due when its clock is; without such a person,
    for the role. A task of a kind that is `held` already is not doubled."""
    return [_new(case, kind, step, standing) for kind in step.opens if kind not in held]


def _new(case: Case, kind: TaskKind, step: Step, standing: Standing) -> NewTask:
    role = _ROLES.get(kind, "customer_manager")
    person, due = assignee_of(case, role), _due_at(case, kind, standing)
    return NewTask(kind=kind, role=role, assignee_id=person, due_at=due, announced=step.announces)


def _due_at(case: Case, kind: TaskKind, standing: Standing) -> datetime | None:
    clock = next((one for one in standing.clocks if one.kind in DUE_BY.get(kind, ())), None)
    return clock.due_at if clock else _contract_date(case, kind)


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
