"""The projects on a desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tortoise.expressions import Q

from backend.models import CaseClock, ConnectionApplication, PreServiceProject
from backend.queries import clocks, reach
from backend.queries.callers import Member
from backend.queries.case_parts import ClockPart
from backend.queries.clocks import ClockView
from backend.queries.pages import Page, Portion, page_of
from config.messages.texts import words
from config.roles import StaffRole


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectSummary:
    """One project in a list."""

    id: int
    number: str
    customer_kind: str
    site_name: str
    district: str
    address: str
    stage: str
    stage_name: str
    opened_at: datetime
    clock: ClockView | None
    manager_name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectSearch:
    """What a member looks for: words of a site's name or address, an application's number; a stage."""

    text: str | None = None
    stage: str | None = None


async def list_projects(
    member: Member, wanted: Sequence[StaffRole], search: ProjectSearch, portion: Portion, *, now: datetime
) -> Page[ProjectSummary]:
    """The projects within the member's reach, newest first. Raises InvalidField for a cursor we did not make."""
    found = PreServiceProject.filter(await reach.cases_of(member, wanted, "project"))
    if search.text:
        found = found.filter(await _holds(search.text))
    if search.stage:
        found = found.filter(stage=search.stage)
    before = portion.after_id()
    if before is not None:
        found = found.filter(id__lt=before)
    rows = await found.order_by("-id").limit(portion.limit + 1).prefetch_related("site", "manager")
    return page_of(await _summaries(rows, now), portion, lambda one: (one.id,))


async def _holds(text: str) -> Q:
    filed = await ConnectionApplication.get_or_none(number=text.upper())
    of_application = Q(id=filed.project_id) if filed else Q(id=0)
    return of_application | Q(site__name__icontains=text) | Q(address__icontains=text)


async def _summaries(rows: Sequence[PreServiceProject], now: datetime) -> list[ProjectSummary]:
    of_project: dict[int | None, list[ClockPart]] = {row.id: [] for row in rows}
    ticking = CaseClock.filter(project_id__in=list(of_project)).order_by("id").prefetch_related("pause")
    for clock in await ticking:
        of_project[clock.project_id].append(clocks.part_of(clock))
    return [
        ProjectSummary(
            id=row.id,
            number=row.number,
            customer_kind=row.customer_kind,
            site_name=row.site.name,
            district=row.site.district,
            address=row.address,
            stage=row.stage,
            stage_name=words().stages["project"][row.stage],
            opened_at=row.opened_at,
            clock=clocks.view(of_project[row.id], now=now).headline,
            manager_name=row.manager.name if row.manager else None,
        )
        for row in rows
    ]
