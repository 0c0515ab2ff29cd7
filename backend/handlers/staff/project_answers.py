"""How a project is answered to staff: where it stands and its whole file."""

from typing import Any, Literal

from backend.handlers.bodies import Answer, Moment
from backend.handlers.progress_answers import (
    ClockAnswer,
    Number,
    PaperAnswer,
    SchemeAnswer,
    StageAnswer,
    VisitAnswer,
)
from backend.handlers.staff.case_answers import DocumentAnswer, PauseAnswer, PersonAnswer
from backend.handlers.staff.work_answers import (
    ChangeAnswer,
    DesignAnswer,
    LeadAnswer,
    PermitAnswer,
    RoundAnswer,
    SettlementAnswer,
    SurveyAnswer,
    WorkOrderAnswer,
)


class SiteAnswer(Answer):
    id: int
    name: str
    district: str


class WorkerAnswer(Answer):
    role: str
    id: int
    name: str
    phone: str


class EventAnswer(Answer):
    at: Moment
    event: str
    title: str
    stage: str
    by_role: str
    by: PersonAnswer | None
    facts: dict[str, Any]


class ProjectSummaryAnswer(Answer):
    """One project in a list."""

    id: int
    number: str
    customer_kind: str
    site_name: str
    district: str
    address: str
    stage: str
    stage_name: str
    opened_at: Moment
    clock: ClockAnswer | None
    manager_name: str | None


class StaffProjectAnswer(Answer):
    """One project with its whole file; `waiting_applications` are those that acceptance starts the clock of."""

    id: int
    number: str
    customer_kind: str
    site: SiteAnswer
    address: str
    contact_name: str | None
    contact_phone: str | None
    stage: str
    stage_name: str
    stages: list[StageAnswer]
    clock: ClockAnswer | None
    clocks: list[ClockAnswer]
    people: list[WorkerAnswer]
    scheme: SchemeAnswer | None
    excavation_metres: Number | None
    permit_size: Literal["none", "small", "large"] | None
    contract_due_at: Moment | None
    opened_at: Moment
    archived_at: Moment | None
    waiting_applications: int
    missing_documents: list[PaperAnswer]
    documents: list[DocumentAnswer]
    leads: list[LeadAnswer]
    visits: list[VisitAnswer]
    surveys: list[SurveyAnswer]
    designs: list[DesignAnswer]
    permits: list[PermitAnswer]
    work_orders: list[WorkOrderAnswer]
    change_requests: list[ChangeAnswer]
    acceptance_rounds: list[RoundAnswer]
    settlements: list[SettlementAnswer]
    pauses: list[PauseAnswer]
    events: list[EventAnswer]
