"""What lies in an application's file for staff only: papers, pauses, calls, messages, history, neighbours."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tortoise.expressions import Q

from backend.models import Call, ConnectionApplication, DeliveryAttempt, Event, OutboxMessage
from backend.queries import file_parts
from backend.queries.file_parts import DocumentView, PauseView, PersonView, person_of
from backend.rules.wording import tell_try
from config.documents import catalogue
from config.messages.texts import fill, notices


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedView:
    """Another application at the same address, open or ended."""

    number: str
    contact_name: str
    contact_phone: str
    stage: str
    filed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CallView:
    """One logged call about this application."""

    id: int
    at: datetime
    kind: str
    content: str
    outcome: str | None
    callback_at: datetime | None
    agent: PersonView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptView:
    """One try on one channel; `began_at` is real time, `told` says it all in a sentence."""

    channel: str
    began_at: datetime
    outcome: str
    reason: str | None
    receipt: str | None
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryView:
    """One message about this application and what became of it."""

    id: str
    title: str
    to: str
    state: str
    created_at: datetime
    attempts: tuple[AttemptView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryItem:
    """One event, those without a customer's text too."""

    at: datetime
    event: str
    stage: str
    by_role: str
    by: PersonView | None
    facts: dict[str, Any]


async def linked(case: ConnectionApplication) -> tuple[LinkedView, ...]:
    """Other applications at this address, newest first."""
    rows = (
        await ConnectionApplication.filter(address_key=case.address_key).exclude(id=case.id).order_by("-id")
    )
    return tuple(
        LinkedView(
            number=row.number,
            contact_name=row.contact_name,
            contact_phone=row.contact_phone,
            stage=row.stage,
            filed_at=row.filed_at,
        )
        for row in rows
    )


async def pauses(case: ConnectionApplication) -> tuple[PauseView, ...]:
    """Those of the application and of its project, oldest first."""
    return await file_parts.pauses(Q(application_id=case.id) | Q(project_id=case.project_id))


async def documents(case: ConnectionApplication) -> tuple[DocumentView, ...]:
    """Papers and photos, oldest first."""
    return await file_parts.documents(Q(application_id=case.id), catalogue().papers)


async def calls(case: ConnectionApplication) -> tuple[CallView, ...]:
    """Calls about this application, newest first."""
    rows = await Call.filter(application_id=case.id).order_by("-id").prefetch_related("agent")
    return tuple(
        CallView(
            id=row.id,
            at=row.at,
            kind=row.kind,
            content=row.content,
            outcome=row.outcome,
            callback_at=row.callback_at,
            agent=person_of(row.agent),
        )
        for row in rows
    )


async def deliveries(case: ConnectionApplication) -> tuple[DeliveryView, ...]:
    """Messages about this application with every attempt, newest first."""
    rows = (
        await OutboxMessage.filter(application_id=case.id)
        .order_by("-created_at", "id")
        .prefetch_related("staff", "delivery_attempts")
    )
    return tuple(_delivery(row, case) for row in rows)


async def history(case: ConnectionApplication) -> tuple[HistoryItem, ...]:
    """Everything that happened to it, oldest first."""
    rows = await Event.filter(application_id=case.id).order_by("id").prefetch_related("by_staff")
    return tuple(
        HistoryItem(
            at=row.at,
            event=row.name,
            stage=row.stage,
            by_role=row.by_role,
            by=person_of(row.by_staff),
            facts=row.facts,
        )
        for row in rows
    )


def attempts_of(row: OutboxMessage) -> tuple[AttemptView, ...]:
    """The tries of a message fetched with them, oldest first."""
    attempts: list[DeliveryAttempt] = sorted(row.delivery_attempts, key=lambda one: one.id)  # type: ignore[attr-defined]  # the reverse relation has no annotation
    return tuple(
        AttemptView(
            channel=one.channel,
            began_at=one.began_at,
            outcome=one.outcome,
            reason=one.reason,
            receipt=one.receipt,
            told=tell_try(one.channel, one.outcome, one.reason, one.receipt),
        )
        for one in attempts
    )


def _delivery(row: OutboxMessage, case: ConnectionApplication) -> DeliveryView:
    return DeliveryView(
        id=str(row.id),
        title=fill(notices()[row.message].title, row.facts),
        to=row.staff.name if row.staff else case.contact_name,
        state=row.state,
        created_at=row.created_at,
        attempts=attempts_of(row),
    )
