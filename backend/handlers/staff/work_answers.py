"""How the works of a project are answered: design, permits, building, acceptance, settlement."""

from typing import Any, Literal

from backend.handlers.bodies import Answer, Moment
from backend.handlers.progress_answers import Number
from backend.handlers.staff.case_answers import PersonAnswer


class LeadAnswer(Answer):
    partner: str
    external_id: str
    site_name: str
    developer: str | None
    stage: Literal["planning", "approval"]
    facts: dict[str, Any]
    received_at: Moment
    changed_at: Moment


class SurveyAnswer(Answer):
    """Lengths in metres, flow in m³ an hour."""

    pressure_ok: bool
    excavation_metres: Number
    hourly_flow_m3: Number | None
    note: str
    by: PersonAnswer | None
    at: Moment


class DesignAnswer(Answer):
    revision: int
    scheme: str
    scheme_name: str
    quantities: str
    document_ids: list[int]
    by: PersonAnswer | None
    at: Moment


class PermitAnswer(Answer):
    size: Literal["small", "large"]
    size_name: str
    excavation_metres: Number
    document_ids: list[int]
    papers_collected_at: Moment | None
    granted_at: Moment | None
    reference: str | None


class SiteReportAnswer(Answer):
    note: str
    document_ids: list[int]
    by: PersonAnswer | None
    at: Moment


class WorkOrderAnswer(Answer):
    """One revision; only the newest may be worked on."""

    number: str
    revision: int
    newest: bool
    stage: Literal["issued", "accepted", "started", "completed", "superseded"]
    stage_at: Moment
    crew: str | None
    contract_due_at: Moment | None
    issued_at: Moment
    progress: list[SiteReportAnswer]


class ChangeAnswer(Answer):
    """`drawn` once revised drawings have answered it."""

    id: int
    reason: str
    document_ids: list[int]
    by: PersonAnswer | None
    at: Moment
    drawn: bool


class SignOffAnswer(Answer):
    party: str
    party_name: str
    signed_by: str
    agrees: bool
    note: str
    document_id: int | None
    recorded_by: PersonAnswer | None
    at: Moment


class DefectAnswer(Answer):
    id: int
    text: str
    document_ids: list[int]
    rectified_at: Moment | None
    rectification: str | None
    rectification_document_ids: list[int]


class RoundAnswer(Answer):
    id: int
    round: int
    stage: Literal["convened", "passed", "failed"]
    meets_at: Moment
    convened_at: Moment
    ended_at: Moment | None
    sign_offs: list[SignOffAnswer]
    defects: list[DefectAnswer]


class SettlementAnswer(Answer):
    id: int
    amount_yuan: Number
    papers: list[str]
    document_ids: list[int]
    state: Literal["submitted", "returned", "approved"]
    note: str
    submitted_at: Moment
    reviewed_at: Moment | None
    reviewed_by: PersonAnswer | None
