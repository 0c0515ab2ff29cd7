"""Pauses as a supervisor looks through them: was the reason true?"""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from tortoise.expressions import Q

from backend.models import Pause
from backend.queries import reach, reachable
from backend.queries.callers import Member
from backend.queries.file_parts import PauseView, PersonView, person_of
from backend.queries.pages import Page, Portion, page_of
from backend.rules.errors import NotFound
from config.roles import StaffRole

_WITH = ("by_staff", "annulled_by", "application", "project")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewedPause(PauseView):
    """A pause of an application or a project, with what it was annulled for."""

    application_number: str | None
    project_id: int | None
    address: str
    annulled_at: datetime | None
    annulled_by: PersonView | None
    annulment: str | None


async def list_pauses(
    member: Member, wanted: tuple[StaffRole, ...], portion: Portion, *, only_open: bool
) -> Page[ReviewedPause]:
    """Of the cases within the member's reach, newest first. Raises InvalidField for a cursor we did not make."""
    found = Pause.filter(await _of_reach(member, wanted))
    if only_open:
        found = found.filter(ended_at__isnull=True)
    before = portion.after_id()
    if before is not None:
        found = found.filter(id__lt=before)
    rows = await found.order_by("-id").limit(portion.limit + 1).prefetch_related(*_WITH)
    return page_of([_view(row) for row in rows], portion, lambda one: (one.id,))


async def get(pause_id: int) -> ReviewedPause:
    """One pause, whoever asks: check the reach first. Raises NotFound."""
    row = await Pause.get_or_none(id=pause_id).prefetch_related(*_WITH)
    if row is None:
        raise NotFound
    return _view(row)


async def role_for_pause(pause_id: int, member: Member, wanted: tuple[StaffRole, ...]) -> StaffRole:
    """The first of `wanted` in which the member reaches the pause's case. Raises NotFound, Forbidden."""
    shown = await get(pause_id)
    if shown.application_number is not None:
        return await reach.role_for_application(shown.application_number, member, wanted)
    return await reach.role_for_project(cast(int, shown.project_id), member, wanted)


async def _of_reach(member: Member, wanted: tuple[StaffRole, ...]) -> Q:
    applications = await reachable.ids(member, wanted, "application")
    projects = await reachable.ids(member, wanted, "project")
    return Q(application_id__in=applications) | Q(project_id__in=projects)


def _view(row: Pause) -> ReviewedPause:
    case = row.application or row.project
    return ReviewedPause(
        id=row.id,
        application_number=row.application.number if row.application else None,
        project_id=row.project_id,
        address=case.address,
        reason=row.reason,
        note=row.note,
        began_at=row.began_at,
        until=row.until,
        ended_at=row.ended_at,
        by=person_of(row.by_staff),
        annulled_at=row.annulled_at,
        annulled_by=person_of(row.annulled_by),
        annulment=row.annulment,
    )
