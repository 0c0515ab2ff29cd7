"""How an application is answered to staff: as to its customer, and what lies in its file."""

from typing import Any, Literal

from backend.handlers.bodies import Answer, MaskedPhone, Moment
from backend.handlers.progress_answers import ApplicationAnswer
from backend.handlers.staff.tasks import TaskItem


class PersonAnswer(Answer):
    id: int
    name: str


class LinkedAnswer(Answer):
    """Another application at the same address."""

    number: str
    contact_name: str
    contact_phone: MaskedPhone
    stage: str
    filed_at: Moment


class PauseAnswer(Answer):
    id: int
    reason: Literal["customer_reason", "uncontrollable"]
    note: str
    began_at: Moment
    until: Moment | None
    ended_at: Moment | None
    by: PersonAnswer | None


class DocumentAnswer(Answer):
    """`state` is `stored`, or what became of a picture from the chat."""

    id: int
    kind: str
    name: str | None
    state: str
    content_type: str | None
    size: int | None
    received_at: Moment
    from_customer: bool


class CallAnswer(Answer):
    id: int
    at: Moment
    kind: str
    content: str
    outcome: str | None
    callback_at: Moment | None
    agent: PersonAnswer | None


class AttemptAnswer(Answer):
    """`told` is the whole try in a sentence."""

    channel: str
    began_at: Moment
    outcome: str
    reason: str | None
    receipt: str | None
    told: str


class DeliveryAnswer(Answer):
    """A message about this application and each try to bring it."""

    id: str
    title: str
    to: str
    state: str
    created_at: Moment
    attempts: list[AttemptAnswer]


class HistoryAnswer(Answer):
    at: Moment
    event: str
    stage: str
    by_role: str
    by: PersonAnswer | None
    facts: dict[str, Any]


class StaffApplicationAnswer(ApplicationAnswer):
    """One application with its whole file."""

    project_id: int
    meter_number: str | None
    street_canvass: bool
    on_behalf_consent: bool
    agent_name: str | None
    agent_consent: bool
    twin: bool
    filed_by: PersonAnswer | None
    linked: list[LinkedAnswer]
    tasks: list[TaskItem]
    pauses: list[PauseAnswer]
    documents: list[DocumentAnswer]
    calls: list[CallAnswer]
    deliveries: list[DeliveryAnswer]
    history: list[HistoryAnswer]
