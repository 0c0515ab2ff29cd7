"""Everybody who works here, as an administrator sees them: accounts, not cases."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tortoise.expressions import Q

from backend.models import AuditEntry, ConnectionApplication, PreServiceProject, Staff, Task
from backend.queries.pages import Page, Portion, page_of
from backend.rules.errors import NotFound
from backend.rules.staffing import served_districts
from backend.rules.stages import APPLICATION, PROJECT

_MOST_CHANGES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffView:
    """One member's account; `bound`: a WeChat is bound to it."""

    id: int
    login: str
    name: str
    phone: str
    roles: tuple[str, ...]
    department: str
    districts: tuple[str, ...]
    bound: bool
    wecom_user_id: str | None
    rota_order: int
    away_until: datetime | None
    active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeView:
    """Who did what with an account, and when; `changes` are (field, old, new)."""

    id: int
    at: datetime
    by: str
    action: str
    changes: tuple[tuple[str, Any, Any], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictView:
    """Who covers a district; `uncovered`: no manager does, or every one of them is away."""

    name: str
    managers: tuple[StaffView, ...]
    uncovered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What lies on somebody's desk."""

    applications: int
    projects: int
    tasks: int


async def list_members(
    portion: Portion, *, words: str = "", role: str | None = None, active: bool = True
) -> Page[StaffView]:
    """By name, login or phone, in the order they came. Raises InvalidField."""
    found = Staff.filter(active=active, id__gt=portion.after_id() or 0)
    if role:
        found = found.filter(roles__contains=[role])
    if words:
        like = Q(name__icontains=words) | Q(login__icontains=words) | Q(phone__startswith=words)
        found = found.filter(like)
    rows = await found.order_by("id").limit(portion.limit + 1)
    return page_of([_view(row) for row in rows], portion, lambda one: (one.id,))


async def get(staff_id: int) -> StaffView:
    """Raises NotFound."""
    row = await Staff.get_or_none(id=staff_id)
    if row is None:
        raise NotFound
    return _view(row)


async def changes_of(staff_id: int) -> tuple[ChangeView, ...]:
    """What administrators did with this account, newest first."""
    rows = await (
        AuditEntry.filter(facts__contains={"member": staff_id})
        .order_by("-id")
        .limit(_MOST_CHANGES)
        .prefetch_related("staff")
    )
    return tuple(
        ChangeView(
            id=row.id,
            at=row.at,
            by=row.staff.name,
            action=row.action,
            changes=tuple(
                (key, before, after) for key, (before, after) in row.facts.get("changes", {}).items()
            ),
        )
        for row in rows
    )


async def held_by(staff_id: int) -> Held:
    """What would pass to colleagues if they left today."""
    mine = Q(manager_id=staff_id)
    parts = Q(designer_id=staff_id) | Q(contractor_id=staff_id) | Q(inspector_id=staff_id)
    projects = PreServiceProject.filter(mine | parts, stage__not_in=list(PROJECT.final))
    return Held(
        applications=await ConnectionApplication.filter(mine, stage__not_in=list(APPLICATION.final)).count(),
        projects=await projects.count(),
        tasks=await Task.filter(assignee_id=staff_id, state__in=["open", "accepted"]).count(),
    )


async def managers() -> tuple[StaffView, ...]:
    """Whoever can cover a district."""
    return await _with_role("customer_manager")


async def districts(*, now: datetime) -> tuple[DistrictView, ...]:
    """Every district of the company with its managers."""
    everyone = await managers()
    return tuple(_district(name, everyone, now) for name in served_districts())


async def rota() -> tuple[StaffView, ...]:
    """The duty officers in the order in which they are called."""
    return tuple(sorted(await _with_role("duty_officer"), key=lambda one: (one.rota_order, one.id)))


async def _with_role(role: str) -> tuple[StaffView, ...]:
    rows = await Staff.filter(active=True, roles__contains=[role]).order_by("id")
    return tuple(_view(row) for row in rows)


def _district(name: str, everyone: tuple[StaffView, ...], now: datetime) -> DistrictView:
    theirs = tuple(one for one in everyone if name in one.districts)
    there = [one for one in theirs if one.away_until is None or one.away_until <= now]
    return DistrictView(name=name, managers=theirs, uncovered=not there)


def _view(row: Staff) -> StaffView:
    return StaffView(
        id=row.id,
        login=row.login,
        name=row.name,
        phone=row.phone,
        roles=tuple(row.roles),
        department=row.department,
        districts=tuple(row.districts),
        bound=row.openid is not None,
        wecom_user_id=row.wecom_user_id,
        rota_order=row.rota_order,
        away_until=row.away_until,
        active=row.active,
    )
