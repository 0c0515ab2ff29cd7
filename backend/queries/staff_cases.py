"""Applications as staff see them: the customer's view, and what only staff need."""

from dataclasses import dataclass, fields
from datetime import datetime

from tortoise.expressions import Q

from backend.models import ConnectionApplication, Visit
from backend.queries import case_file, desks, my_applications, progress, reach
from backend.queries.callers import Member
from backend.queries.case_file import (
    CallView,
    DeliveryView,
    DocumentView,
    HistoryItem,
    LinkedView,
    PauseView,
    PersonView,
)
from backend.queries.desks import TaskView
from backend.queries.my_applications import Summary
from backend.queries.pages import Page, Portion, page_of
from backend.queries.progress import Progress, VisitView
from config.roles import StaffRole


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffCase(Progress):
    """One application with its papers, people, calls and messages. `linked` are others at the same address."""

    project_id: int
    meter_number: str | None
    street_canvass: bool
    on_behalf_consent: bool
    agent_name: str | None
    agent_consent: bool
    twin: bool
    filed_by: PersonView | None
    linked: tuple[LinkedView, ...]
    tasks: tuple[TaskView, ...]
    pauses: tuple[PauseView, ...]
    documents: tuple[DocumentView, ...]
    calls: tuple[CallView, ...]
    deliveries: tuple[DeliveryView, ...]
    history: tuple[HistoryItem, ...]


async def get(number: str, *, now: datetime) -> StaffCase:
    """The application, whoever asks: check the reach first. Raises NotFound."""
    shown = await progress.get(number, now=now)
    row = await ConnectionApplication.get(number=number).prefetch_related("filed_by")
    return StaffCase(
        **{field.name: getattr(shown, field.name) for field in fields(shown)},
        project_id=row.project_id,
        meter_number=row.meter_number,
        street_canvass=row.street_canvass,
        on_behalf_consent=row.on_behalf_consent,
        agent_name=row.agent_name,
        agent_consent=row.agent_consent,
        twin=row.twin,
        filed_by=case_file.person_of(row.filed_by),
        linked=await case_file.linked(row),
        tasks=await desks.tasks_of(number),
        pauses=await case_file.pauses(row),
        documents=await case_file.documents(row),
        calls=await case_file.calls(row),
        deliveries=await case_file.deliveries(row),
        history=await case_file.history(row),
    )


async def find_booked_visit(number: str) -> VisitView | None:
    """The application's own appointment that lies ahead."""
    row = await Visit.get_or_none(application__number=number, state="booked")
    return VisitView(id=row.id, at=row.at, state=row.state, purpose=row.purpose) if row else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What a member looks for: words of a name, address, number or phone; a stage."""

    text: str | None = None
    stage: str | None = None


async def list_cases(
    member: Member, wanted: tuple[StaffRole, ...], search: Search, portion: Portion, *, now: datetime
) -> Page[Summary]:
    """The cases within the member's reach, newest first. Raises InvalidField for a cursor we did not make."""
    found = ConnectionApplication.filter(await reach.cases_of(member, wanted, "application"))
    if search.text:
        found = found.filter(_holds(search.text))
    if search.stage:
        found = found.filter(stage=search.stage)
    before = portion.after_id()
    if before is not None:
        found = found.filter(id__lt=before)
    rows = await found.order_by("-id").limit(portion.limit + 1).prefetch_related("manager")
    return page_of(await my_applications.summaries(rows, now), portion, lambda one: (one.id,))


def _holds(text: str) -> Q:
    return (
        Q(number__istartswith=text)
        | Q(contact_phone__startswith=text)
        | Q(contact_name__icontains=text)
        | Q(address__icontains=text)
    )
