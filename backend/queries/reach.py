"""Which cases a member of staff may see and act on, and in which of their roles."""

from collections.abc import Sequence
from typing import Any, Literal, cast

from tortoise.expressions import Q, Subquery

from backend.models import ConnectionApplication, Document, LiveTalk, PreServiceProject, Staff, Task, Visit
from backend.queries.callers import Member
from backend.rules.errors import Forbidden, NotFound
from config.roles import StaffRole, roles

Kind = Literal["application", "project"]

_NONE = Q(id=0)
_BUILDING = ("building", "inspecting")


async def role_for_application(number: str, member: Member, wanted: Sequence[StaffRole]) -> StaffRole:
    """The first of `wanted` in which the member reaches this application. Raises NotFound, Forbidden."""
    row = await ConnectionApplication.get_or_none(number=number)
    if row is None:
        raise NotFound
    return await _role("application", row.id, member, wanted)


async def role_for_project(project_id: int, member: Member, wanted: Sequence[StaffRole]) -> StaffRole:
    """The first of `wanted` in which the member reaches this project. Raises NotFound, Forbidden."""
    if not await PreServiceProject.exists(id=project_id):
        raise NotFound
    return await _role("project", project_id, member, wanted)


async def roles_for_project(
    project_id: int, member: Member, wanted: Sequence[StaffRole]
) -> tuple[StaffRole, ...]:
    """All of `wanted` in which the member reaches this project. Raises NotFound, Forbidden when there is none."""
    await role_for_project(project_id, member, wanted)
    own = [role for role in wanted if role in member.roles]
    table = PreServiceProject
    return tuple(
        [
            role
            for role in own
            if await table.filter(await _within(role, member, "project"), id=project_id).exists()
        ]
    )


async def role_for_visit(visit_id: int, member: Member, wanted: Sequence[StaffRole]) -> StaffRole:
    """The first of `wanted` in which the member reaches the visit's case. Raises NotFound, Forbidden."""
    row = await Visit.get_or_none(id=visit_id)
    if row is None:
        raise NotFound
    if row.application_id is not None:
        return await _role("application", row.application_id, member, wanted)
    return await role_for_project(cast(int, row.project_id), member, wanted)


async def role_for_document(document_id: int, member: Member, wanted: Sequence[StaffRole]) -> StaffRole:
    """As for the document's case; one that belongs to none yet is its uploader's. Raises NotFound, Forbidden."""
    row = await Document.get_or_none(id=document_id)
    if row is None:
        raise NotFound
    if row.application_id is not None:
        return await _role("application", row.application_id, member, wanted)
    if row.project_id is not None:
        return await _role("project", row.project_id, member, wanted)
    own = next((role for role in wanted if role in member.roles), None)
    if own is None or not (row.staff_id == member.id or await _shown_in_talk(row, member)):
        raise NotFound
    return own


async def _shown_in_talk(picture: Document, member: Member) -> bool:
    """Whether a customer's picture stands in a talk that the hotline desk has or had."""
    return "hotline_agent" in member.roles and (
        picture.customer_id is not None and await LiveTalk.exists(customer_id=picture.customer_id)
    )


async def cases_of(member: Member, wanted: Sequence[StaffRole], kind: Kind) -> Q:
    """Every case of this kind that the member reaches in any of `wanted`."""
    found = _NONE
    for role in wanted:
        if role in member.roles:
            found |= await _within(role, member, kind)
    return found


async def other_departments(member: Member) -> list[str]:
    """Departments other than the member's that have a supervisor of their own."""
    rows = await Staff.filter(active=True, roles__contains=["supervisor"]).exclude(
        department=member.department
    )
    return sorted({row.department for row in rows})


async def _role(kind: Kind, id_: int, member: Member, wanted: Sequence[StaffRole]) -> StaffRole:
    table = ConnectionApplication if kind == "application" else PreServiceProject
    for role in wanted:
        if role in member.roles and await table.filter(await _within(role, member, kind), id=id_).exists():
            return role
    raise Forbidden


async def _within(role: StaffRole, member: Member, kind: Kind) -> Q:
    """The cases within one role's reach."""
    match roles().reach[role]:
        case "all":
            return Q(id__gt=0)
        case "own":
            return Q(manager_id=member.id)
        case "department":
            others = await other_departments(member)
            mine = Q(manager__department__not_in=others) if others else Q(id__gt=0)
            return mine | Q(manager_id__isnull=True)
        case "site":
            return _site(role, member, kind) | _with_task(member, kind)
        case "task":
            return _with_task(member, kind)
        case _:
            return _NONE


def _site(role: StaffRole, member: Member, kind: Kind) -> Q:
    """Cases of the sites one works on; a site manager looks after all that are being built."""
    prefix = "project__" if kind == "application" else ""
    if role == "site_manager":
        condition: dict[str, Any] = {f"{prefix}stage__in": _BUILDING}
    else:
        condition = {f"{prefix}{role}_id": member.id}
    return Q(**condition)


def _with_task(member: Member, kind: Kind) -> Q:
    """Cases with a task that is the member's, or waits for one of their roles."""
    mine = Q(assignee_id=member.id) | Q(
        assignee_id__isnull=True, role__in=list(member.roles), state__in=["open", "accepted"]
    )
    column = f"{kind}_id"
    return Q(id__in=Subquery(Task.filter(mine, **{f"{column}__isnull": False}).values(column)))
