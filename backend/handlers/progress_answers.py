"""How an application is answered, to its customer and, with more around it, to staff."""

from datetime import timedelta
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, PlainSerializer

from backend.handlers.bodies import Answer, MaskedPhone, Moment

Number = Annotated[Decimal, PlainSerializer(float, return_type=float)]
Seconds = Annotated[timedelta, PlainSerializer(lambda span: int(span.total_seconds()), return_type=int)]


class StageAnswer(Answer):
    key: str
    name: str
    state: Literal["done", "current", "waiting"]
    at: Moment | None


class ClockAnswer(Answer):
    """`remaining_seconds` is negative when late and frozen while paused; `due_at` is null while paused."""

    kind: str
    name: str
    state: Literal["running", "paused", "met", "breached", "cancelled"]
    started_at: Moment
    due_at: Moment | None
    ended_at: Moment | None
    remaining_seconds: Seconds = Field(validation_alias="remaining")
    late: bool
    reason: Literal["customer_reason", "uncontrollable"] | None
    clause: str


class ManagerAnswer(Answer):
    id: int
    name: str
    phone: str


class PaperAnswer(Answer):
    key: str
    name: str
    essential: bool


class VisitAnswer(Answer):
    id: int
    at: Moment
    state: Literal["booked", "done", "no_show", "cancelled"]
    purpose: str


class HappeningAnswer(Answer):
    at: Moment
    event: str
    title: str
    detail: str


class SchemeAnswer(Answer):
    key: str
    name: str


class HoldAnswer(Answer):
    """Why the project stands still and since when."""

    reason: Literal["customer_reason", "uncontrollable"]
    reason_name: str
    note: str
    since: Moment


class ProjectAnswer(Answer):
    """The project that is waited for; `scheme` is null before the survey, `hold` while its clocks run."""

    kind: str
    stage: str
    stages: list[StageAnswer]
    scheme: SchemeAnswer | None
    hold: HoldAnswer | None


class RatingAnswer(Answer):
    score: int
    comment: str | None


class ApplicationAnswer(Answer):
    """One application; `project` only while it is waited for.

    `safety`: what to do at once, where the request itself told of danger.
    """

    number: str
    customer_kind: str
    contact_name: str
    contact_phone: str
    address: str
    district: str
    channel: str
    hourly_flow_m3: Number | None
    purpose: str | None
    preferred_visit_at: Moment | None
    filed_at: Moment
    ignited_at: Moment | None
    stage: str
    stages: list[StageAnswer]
    clock: ClockAnswer | None
    clocks: list[ClockAnswer]
    manager: ManagerAnswer | None
    missing_documents: list[PaperAnswer]
    visits: list[VisitAnswer]
    timeline: list[HappeningAnswer]
    project: ProjectAnswer | None
    rating: RatingAnswer | None
    safety: str | None = None


class SummaryAnswer(Answer):
    """One application in a list."""

    number: str
    customer_kind: str
    contact_name: str
    contact_phone: MaskedPhone
    address: str
    filed_at: Moment
    stage: str
    stage_name: str
    clock: ClockAnswer | None
    manager: ManagerAnswer | None
