"""One project as its people see it: where it stands, who does what, and everything done so far."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from backend.models import CaseClock, ConnectionApplication, Event, PreServiceProject, Visit
from backend.queries import building_work, clocks, completions, design_work, project_file
from backend.queries.building_work import ChangeView, WorkOrderView
from backend.queries.clocks import ClockView
from backend.queries.completions import RoundView, SettlementView
from backend.queries.design_work import DesignView, LeadView, PermitView, SurveyView
from backend.queries.file_parts import DocumentView, PauseView
from backend.queries.progress import VisitView
from backend.queries.project_file import HistoryView, WorkerView
from backend.queries.project_standing import SchemeView, scheme_of
from backend.queries.stage_list import StageItem, list_stages
from backend.rules.errors import NotFound
from backend.rules.permits import size_of
from backend.rules.stages import PROJECT
from config import policy
from config.documents import Paper
from config.messages.texts import words


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteView:
    """The community or street that gas is brought to."""

    id: int
    name: str
    district: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFile:
    """A project at one moment. `waiting_applications` counts those whose ignition clock starts with acceptance."""

    id: int
    number: str
    customer_kind: str
    site: SiteView
    address: str
    contact_name: str | None
    contact_phone: str | None
    stage: str
    stage_name: str
    stages: tuple[StageItem, ...]
    clock: ClockView | None
    clocks: tuple[ClockView, ...]
    people: tuple[WorkerView, ...]
    scheme: SchemeView | None
    excavation_metres: Decimal | None
    permit_size: str | None
    contract_due_at: datetime | None
    opened_at: datetime
    archived_at: datetime | None
    waiting_applications: int
    missing_documents: tuple[Paper, ...]
    documents: tuple[DocumentView, ...]
    leads: tuple[LeadView, ...]
    visits: tuple[VisitView, ...]
    surveys: tuple[SurveyView, ...]
    designs: tuple[DesignView, ...]
    permits: tuple[PermitView, ...]
    work_orders: tuple[WorkOrderView, ...]
    change_requests: tuple[ChangeView, ...]
    acceptance_rounds: tuple[RoundView, ...]
    settlements: tuple[SettlementView, ...]
    pauses: tuple[PauseView, ...]
    events: tuple[HistoryView, ...]


async def get(project_id: int, *, now: datetime) -> ProjectFile:
    """The project, whoever asks: check the reach first. Raises NotFound."""
    row = await PreServiceProject.get_or_none(id=project_id).prefetch_related("site", *project_file.PEOPLE)
    if row is None:
        raise NotFound
    events = await Event.filter(project_id=project_id).order_by("id").prefetch_related("by_staff")
    ticking = await CaseClock.filter(project_id=project_id).order_by("id").prefetch_related("pause")
    shown = clocks.view([clocks.part_of(one) for one in ticking], now=now)
    papers = await project_file.documents(project_id)
    return ProjectFile(
        id=row.id,
        number=row.number,
        customer_kind=row.customer_kind,
        site=SiteView(id=row.site.id, name=row.site.name, district=row.site.district),
        address=row.address,
        contact_name=row.contact_name,
        contact_phone=row.contact_phone,
        stage=row.stage,
        stage_name=words().stages["project"][row.stage],
        stages=list_stages(PROJECT, row.stage, events),
        clock=shown.headline,
        clocks=shown.all,
        people=project_file.people(row),
        scheme=scheme_of(row),
        excavation_metres=row.excavation_metres,
        permit_size=_permit_size(row),
        contract_due_at=row.contract_due_at,
        opened_at=row.opened_at,
        archived_at=row.archived_at,
        waiting_applications=await _waiting(project_id),
        missing_documents=project_file.missing(row.customer_kind, papers),
        documents=papers,
        leads=await design_work.leads(project_id),
        visits=await _visits(project_id),
        surveys=await design_work.surveys(project_id),
        designs=await design_work.designs(project_id),
        permits=await design_work.permits(project_id),
        work_orders=await building_work.work_orders(project_id),
        change_requests=await building_work.changes(project_id),
        acceptance_rounds=await completions.rounds(project_id),
        settlements=await completions.settlements(project_id),
        pauses=await project_file.pauses(project_id),
        events=project_file.history(events),
    )


def _permit_size(row: PreServiceProject) -> str | None:
    """None before the survey has measured the road."""
    return size_of(row.excavation_metres, policy.current()) if row.excavation_metres is not None else None


async def _waiting(project_id: int) -> int:
    return await ConnectionApplication.filter(project_id=project_id, stage="awaiting_project").count()


async def _visits(project_id: int) -> tuple[VisitView, ...]:
    rows = await Visit.filter(project_id=project_id).order_by("at", "id")
    return tuple(VisitView(id=row.id, at=row.at, state=row.state, purpose=row.purpose) for row in rows)
