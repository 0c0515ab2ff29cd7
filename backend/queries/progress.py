"""Where an application stands: one view for customer, assistant and staff."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from tortoise.expressions import Q

from backend.models import CaseClock, ConnectionApplication, Document, Event, Visit
from backend.queries import clocks, project_standing, timeline
from backend.queries.clocks import ClockView
from backend.queries.project_standing import ProjectView
from backend.queries.stage_list import StageItem, list_stages
from backend.queries.timeline import Happening
from backend.rules import papers
from backend.rules.errors import NotFound
from backend.rules.stages import APPLICATION
from config.documents import Paper, catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagerView:
    """The customer manager (客户经理) of a case."""

    id: int
    name: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitView:
    """One appointment; `purpose` is the manager's `visit` or the designer's `survey`."""

    id: int
    at: datetime
    state: str
    purpose: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingView:
    score: int
    comment: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """One application as it is at one moment; `project` only while it is waited for."""

    number: str
    customer_kind: str
    contact_name: str
    contact_phone: str
    address: str
    district: str
    channel: str
    hourly_flow_m3: Decimal | None
    purpose: str | None
    preferred_visit_at: datetime | None
    filed_at: datetime
    ignited_at: datetime | None
    stage: str
    stages: tuple[StageItem, ...]
    clock: ClockView | None
    clocks: tuple[ClockView, ...]
    manager: ManagerView | None
    missing_documents: tuple[Paper, ...]
    visits: tuple[VisitView, ...]
    timeline: tuple[Happening, ...]
    project: ProjectView | None
    rating: RatingView | None


async def get(number: str, *, now: datetime) -> Progress:
    """The application, whoever asks: check first whose it is. Raises NotFound."""
    row = await ConnectionApplication.get_or_none(number=number).prefetch_related("manager", "project")
    if row is None:
        raise NotFound
    events = await Event.filter(application_id=row.id).order_by("id")
    of_project = await _events_waited_for(row, events)
    both = Q(application_id=row.id) | Q(project_id=row.project_id)
    waiting = row.stage == "awaiting_project"
    shown = clocks.view(await CaseClock.filter(both).order_by("id").prefetch_related("pause"), now=now)
    return Progress(
        number=row.number,
        customer_kind=row.customer_kind,
        contact_name=row.contact_name,
        contact_phone=row.contact_phone,
        address=row.address,
        district=row.district,
        channel=row.channel,
        hourly_flow_m3=row.hourly_flow_m3,
        purpose=row.purpose,
        preferred_visit_at=row.preferred_visit_at,
        filed_at=row.filed_at,
        ignited_at=row.ignited_at,
        stage=row.stage,
        stages=list_stages(APPLICATION, row.stage, events),
        clock=shown.headline,
        clocks=shown.all,
        manager=manager_of(row),
        missing_documents=await _missing(row),
        visits=await _visits(both),
        timeline=timeline.tell(sorted([*events, *of_project], key=lambda event: event.id)),
        project=await project_standing.view(row.project, of_project) if waiting else None,
        rating=RatingView(score=row.rating, comment=row.rating_comment) if row.rating is not None else None,
    )


def manager_of(row: ConnectionApplication) -> ManagerView | None:
    """The manager of a row fetched with it; None while nobody is assigned."""
    if row.manager is None:
        return None
    return ManagerView(id=row.manager.id, name=row.manager.name, phone=row.manager.phone)


async def _missing(row: ConnectionApplication) -> tuple[Paper, ...]:
    """What is still to be brought; a picture on its way from the platform counts as here."""
    kinds = await Document.filter(application_id=row.id).exclude(state="lost").values_list("kind", flat=True)
    return papers.missing(row.customer_kind, {str(kind) for kind in kinds}, catalogue())


async def _visits(both: Q) -> tuple[VisitView, ...]:
    rows = await Visit.filter(both).order_by("at", "id")
    return tuple(VisitView(id=row.id, at=row.at, state=row.state, purpose=row.purpose) for row in rows)


async def _events_waited_for(row: ConnectionApplication, events: Sequence[Event]) -> list[Event]:
    """The project's way to acceptance, for whoever waited for it; a site that was ready tells nothing of its past."""
    if all(event.name != "filed_waiting" for event in events):
        return []
    return project_standing.until_accepted(await Event.filter(project_id=row.project_id).order_by("id"))
