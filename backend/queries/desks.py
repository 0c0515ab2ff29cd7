"""What somebody has to do: the tasks on a person's desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from tortoise.expressions import Q

from backend.models import ConnectionApplication, PreServiceProject, Task
from backend.queries import reach
from backend.queries.callers import Member
from backend.queries.pages import Page, Portion, page_of
from backend.rules.errors import Forbidden, InvalidField, NotFound
from config.messages.texts import words

State = Literal["open", "accepted", "done", "cancelled"]

STATES_OF: dict[State, tuple[State, ...]] = {
    "open": ("open", "accepted"),
    "accepted": ("accepted",),
    "done": ("done",),
    "cancelled": ("cancelled",),
}
"""Who asks for open tasks means everything not ended yet."""

_CASES = ("application", "application__manager", "project", "assignee")


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskView:
    """One task. `customer`, `contact_phone` and `address` are its case's, or those of an emergency's report."""

    id: int
    kind: str
    name: str
    state: str
    role: str
    application_number: str | None
    project_id: int | None
    project_number: str | None
    stage: str | None
    customer: str | None
    contact_phone: str | None
    address: str | None
    opened_at: datetime
    due_at: datetime | None
    accepted_at: datetime | None
    ended_at: datetime | None
    assignee_id: int | None
    assignee_name: str | None
    report: str | None
    outcome: str | None


async def list_tasks(member: Member, state: State, portion: Portion, *, text: str = "") -> Page[TaskView]:
    """Own tasks and those waiting for one's role; a supervisor's department's too. Open ones by due time, others newest first.

    With a `text` those whose customer, phone, address, site or number holds it.
    """
    found = Task.filter(await on_desk(member), _about(text), state__in=STATES_OF[state])
    by_due = state in ("open", "accepted")
    order = ("due_at", "id") if by_due else ("-id",)
    rows = (
        await found.filter(_after(portion, by_due=by_due))
        .order_by(*order)
        .limit(portion.limit + 1)
        .prefetch_related(*_CASES)
    )
    return page_of([view(row) for row in rows], portion, lambda one: (one.due_at or "", one.id))


async def count_waiting(member: Member) -> int:
    """How many tasks wait for the member or for one of their roles."""
    return await Task.filter(_own(member), state__in=STATES_OF["open"]).count()


async def get_task(task_id: int, member: Member) -> TaskView:
    """One task of this desk. Raises NotFound, Forbidden."""
    row = await Task.get_or_none(id=task_id).prefetch_related(*_CASES)
    if row is None:
        raise NotFound
    if not await Task.filter(await on_desk(member), id=task_id).exists():
        raise Forbidden
    return view(row)


async def tasks_of(number: str) -> tuple[TaskView, ...]:
    """Every task of an application, oldest first."""
    rows = await Task.filter(application__number=number).order_by("id").prefetch_related(*_CASES)
    return tuple(view(row) for row in rows)


def view(row: Task) -> TaskView:
    """A row fetched with its case and assignee."""
    case: ConnectionApplication | PreServiceProject | None = row.application or row.project
    facts = row.facts
    return TaskView(
        id=row.id,
        kind=row.kind,
        name=words().task_names[row.kind],
        state=row.state,
        role=row.role,
        application_number=row.application.number if row.application else None,
        project_id=row.project_id,
        project_number=row.project.number if row.project else None,
        stage=case.stage if case else None,
        customer=_first(facts.get("contact_name"), case.contact_name if case else None),
        contact_phone=_first(facts.get("contact_phone"), case.contact_phone if case else None),
        address=_first(facts.get("address"), case.address if case else None),
        opened_at=row.opened_at,
        due_at=row.due_at,
        accepted_at=row.accepted_at,
        ended_at=row.ended_at,
        assignee_id=row.assignee_id,
        assignee_name=row.assignee.name if row.assignee else None,
        report=_first(facts.get("words"), facts.get("title")),
        outcome=facts.get("outcome"),
    )


def _first(*values: str | None) -> str | None:
    return next((value for value in values if value), None)


def _own(member: Member) -> Q:
    return Q(assignee_id=member.id) | Q(assignee_id__isnull=True, role__in=list(member.roles))


async def on_desk(member: Member) -> Q:
    """Own tasks, those waiting for one of the member's roles, and a supervisor's department's."""
    mine = _own(member)
    if "supervisor" not in member.roles:
        return mine
    others = await reach.other_departments(member)
    department = Q(assignee__department__not_in=others) if others else Q(id__gt=0)
    return mine | department | Q(assignee_id__isnull=True)


def _about(text: str) -> Q:
    """The tasks whose case is meant."""
    if not text:
        return Q(id__gt=0)
    names = ("contact_name", "contact_phone", "address")
    wanted = Q(application__number=text) | Q(project__site__name__icontains=text)
    for case in ("application", "project"):
        for name in names:
            wanted |= Q(**{f"{case}__{name}__icontains": text})
    return wanted


def _after(portion: Portion, *, by_due: bool) -> Q:
    """The tasks behind the cursor. Raises InvalidField."""
    last = portion.after_id()
    if last is None:
        return Q(id__gt=0)
    if not by_due:
        return Q(id__lt=last)
    due = _due_of(portion.after)
    undated = Q(due_at__isnull=True)
    if due is None:
        return undated & Q(id__gt=last)
    return Q(due_at__gt=due) | Q(due_at=due, id__gt=last) | undated


def _due_of(keys: Sequence[str]) -> datetime | None:
    try:
        due = datetime.fromisoformat(keys[0]) if keys[0] else None
    except ValueError:
        due = datetime.min  # noqa: DTZ901  only to be refused below
    if due is not None and due.tzinfo is None:
        raise InvalidField(field="cursor", sentence="bad_cursor")
    return due
