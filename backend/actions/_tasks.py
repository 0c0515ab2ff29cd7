"""Opens and closes what people have to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from backend.actions._standing import OPEN_TASK, Standing
from backend.models import Case, PreServiceProject, Task, reference
from backend.queries.rows import rows
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
_OPEN = """
INSERT INTO tasks (application_id, project_id, opened_at, kind, state, role, assignee_id, due_at, facts)
SELECT $1, $2, $3, kind, 'open', role, assignee_id, due_at, '{}'
FROM unnest($4::text[], $5::text[], $6::bigint[], $7::timestamptz[]) AS one (kind, role, assignee_id, due_at)
RETURNING id, kind
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedTask:
    """A task that has just been written."""

    id: int
    kind: TaskKind
    role: Role
    assignee_id: int | None
    due_at: datetime | None


async def apply(case: Case, step: Step, standing: Standing, *, now: datetime) -> list[OpenedTask]:
    """Closes and opens what the step says, and returns the newly opened tasks. An open task of a kind is not doubled."""
    over = [task for task, kind in standing.tasks.items() if step.cancels or kind in step.closes]
    if over:
        state = "cancelled" if step.cancels else "done"
        await Task.filter(id__in=over).update(state=state, ended_at=now, climb_at=None)
    held = {kind for kind in standing.tasks.values() if kind not in step.closes}
    wanted = [kind for kind in step.opens if kind not in held]
    return await _open(case, wanted, standing, now) if wanted else []


async def _open(case: Case, kinds: Sequence[TaskKind], standing: Standing, now: datetime) -> list[OpenedTask]:
    """Tasks for whoever does this part of the case, due when its clock is; without such a person, for the role."""
    roles = [_ROLES.get(kind, "customer_manager") for kind in kinds]
    people = [assignee_of(case, role) for role in roles]
    dues = [_due_at(case, kind, standing) for kind in kinds]
    whose = reference(case)
    case_ids = [whose.get("application_id"), whose.get("project_id")]
    facts = [*case_ids, now, list(kinds), roles, people, dues]
    ids = {row["kind"]: row["id"] for row in await rows(_OPEN, *facts)}
    return [
        OpenedTask(id=ids[kind], kind=kind, role=role, assignee_id=person, due_at=due)
        for kind, role, person, due in zip(kinds, roles, people, dues, strict=True)
    ]


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
