"""Who read or changed what, as a supervisor or an administrator looks it up."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tortoise.expressions import Q, Subquery

from backend.models import AuditEntry, ConnectionApplication, Staff
from backend.queries import reach
from backend.queries.callers import Member
from backend.queries.figures import Span
from backend.queries.file_parts import PersonView
from backend.queries.pages import Page, Portion, page_of
from backend.rules.wording import mask_phone
from config.messages.texts import words


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditSearch:
    """What is looked for; nothing of it: everything."""

    staff_id: int | None = None
    number: str | None = None
    action: str | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditLine:
    """One entry; `changes` are (field, before, after), `project_id` and `rows` where it was about such."""

    id: int
    at: datetime
    by: str
    action: str
    application_number: str | None
    project_id: int | None
    about: str | None
    note: str | None
    rows: int | None
    changes: tuple[tuple[str, str, str], ...]


async def find(member: Member, search: AuditSearch, portion: Portion) -> Page[AuditLine]:
    """Newest first; a supervisor's department's people, an administrator everybody. Raises InvalidField."""
    entries = AuditEntry.filter(await _of_reach(member), _asked(search))
    before = portion.after_id()
    if before is not None:
        entries = entries.filter(id__lt=before)
    rows = await entries.order_by("-id").limit(portion.limit + 1).prefetch_related("staff", "application")
    return page_of([_line(row) for row in rows], portion, lambda one: (one.id,))


async def people(member: Member) -> tuple[PersonView, ...]:
    """Whose entries the member may see, by name; those who left too."""
    rows = await Staff.filter(await _staff_of_reach(member)).order_by("name", "id")
    return tuple(PersonView(id=row.id, name=row.name) for row in rows)


async def _of_reach(member: Member) -> Q:
    if "administrator" in member.roles:
        return Q(id__gt=0)
    return Q(staff_id__in=Subquery(Staff.filter(await _staff_of_reach(member)).values("id")))


async def _staff_of_reach(member: Member) -> Q:
    others = await reach.other_departments(member)
    everybody = "administrator" in member.roles or not others
    return Q(id__gt=0) if everybody else Q(department__not_in=others)


def _asked(search: AuditSearch) -> Q:
    asked = Q(id__gt=0)
    if search.staff_id is not None:
        asked &= Q(staff_id=search.staff_id)
    if search.action is not None:
        asked &= Q(action=search.action)
    if search.number is not None:
        named = ConnectionApplication.filter(number=search.number.upper()).values("id")
        asked &= Q(application_id__in=Subquery(named))
    if search.span is not None:
        asked &= Q(at__gte=search.span.begins, at__lt=search.span.ends)
    return asked


def _line(row: AuditEntry) -> AuditLine:
    facts: dict[str, Any] = row.facts
    phone = facts.get("phone")
    return AuditLine(
        id=row.id,
        at=row.at,
        by=row.staff.name,
        action=row.action,
        application_number=row.application.number if row.application else None,
        project_id=facts.get("project_id"),
        about=mask_phone(phone) if phone else facts.get("login"),
        note=facts.get("reason") or facts.get("note"),
        rows=facts.get("rows"),
        changes=tuple(_changes(facts)),
    )


def _changes(facts: dict[str, Any]) -> list[tuple[str, str, str]]:
    """A member's changes are pairs by field, a case's stand before and after."""
    before, after = facts.get("before") or {}, facts.get("after") or {}
    pairs = {**{field: (before[field], after.get(field)) for field in before}, **(facts.get("changes") or {})}
    return [(_field(field), _shown(field, old), _shown(field, new)) for field, (old, new) in pairs.items()]


def _field(field: str) -> str:
    return words().corrected_fields.get(field, field)


def _shown(field: str, value: object) -> str:
    if isinstance(value, list | tuple):
        return "、".join(str(one) for one in value)
    return mask_phone(str(value)) if "phone" in field and value else str(value or "")
