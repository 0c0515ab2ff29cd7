"""Applications as staff see them: the customer's view, and what only staff need."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from tortoise.expressions import Q, Subquery
from tortoise.queryset import QuerySet

from backend.models import CaseClock, ConnectionApplication, Staff, Visit
from backend.queries import case_file, case_words, desks, my_applications, progress, reach
from backend.queries.callers import Member
from backend.queries.case_file import CallView, DeliveryView, HistoryItem, LinkedView
from backend.queries.desks import TaskView
from backend.queries.file_parts import DocumentView, PauseView, PersonView, person_of
from backend.queries.my_applications import Summary
from backend.queries.pages import Page, Portion, page_of
from backend.queries.progress import Progress, VisitView
from backend.rules.clocks import OPEN
from backend.rules.stages import APPLICATION
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
        filed_by=person_of(row.filed_by),
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
    """What a member looks for: words of a name, address, number or phone; a stage, kind, channel, manager; late or ownerless ones."""

    text: str | None = None
    stage: str | None = None
    kind: str | None = None
    channel: str | None = None
    manager_id: int | None = None
    late: bool = False
    nobody: bool = False


async def list_cases(
    member: Member, wanted: tuple[StaffRole, ...], search: Search, portion: Portion, *, now: datetime
) -> Page[Summary]:
    """The cases within the member's reach, newest first. Raises InvalidField for a cursor we did not make."""
    cases = await found(member, wanted, search, now=now)
    before = portion.after_id()
    if before is not None:
        cases = cases.filter(id__lt=before)
    rows = await cases.order_by("-id").limit(portion.limit + 1).prefetch_related("manager")
    return page_of(await my_applications.summaries(rows, now), portion, lambda one: (one.id,))


async def found(
    member: Member, wanted: tuple[StaffRole, ...], search: Search, *, now: datetime
) -> QuerySet[ConnectionApplication]:
    """The rows a member's search finds within their reach, still to be ordered and cut."""
    reached = ConnectionApplication.filter(await reach.cases_of(member, wanted, "application"))
    return reached.filter(await _asked(search, now))


async def managers() -> tuple[PersonView, ...]:
    """Every customer manager who works here, by name."""
    rows = await Staff.filter(active=True, roles__contains=["customer_manager"]).order_by("name")
    return tuple(PersonView(id=row.id, name=row.name) for row in rows)


async def _asked(search: Search, now: datetime) -> Q:
    columns: dict[str, Any] = {
        "stage": search.stage,
        "customer_kind": search.kind,
        "channel": search.channel,
        "manager_id": search.manager_id,
    }
    asked = Q(**{column: value for column, value in columns.items() if value is not None})
    if search.text:
        asked &= await case_words.holds(search.text)
    if search.nobody:
        asked &= Q(manager_id__isnull=True) & ~Q(stage__in=list(APPLICATION.final))
    if search.late:
        overdue = CaseClock.filter(application_id__isnull=False, state__in=list(OPEN), due_at__lte=now)
        asked &= Q(id__in=Subquery(overdue.values("application_id")))
    return asked
