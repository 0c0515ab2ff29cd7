"""Calls to the hotline, logged while talking."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from tortoise.transactions import in_transaction

from backend.actions import emergencies, voices
from backend.actions.act import Act
from backend.models import Call, ConnectionApplication, Task
from backend.rules.errors import InvalidField

CallKind = Literal["enquiry", "application", "progress", "urge", "complaint", "emergency", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallNote:
    """What the agent writes down about one call."""

    caller_phone: str
    kind: CallKind
    content: str
    outcome: str | None = None
    callback_at: datetime | None = None
    application_number: str | None = None


async def log_call(note: CallNote, *, act: Act) -> Call:
    """Stores the call; an urge or complaint reaches its case, an emergency raises the alarm, a promised
    call-back becomes the hotline's task.

    Raises InvalidField for an application nobody knows, NotAllowed when its stage does not admit the urge.
    """
    async with in_transaction():
        application = await _application_of(note)
        call = await Call.create(
            caller_phone=note.caller_phone,
            kind=note.kind,
            content=note.content,
            outcome=note.outcome,
            callback_at=note.callback_at,
            application_id=application.id if application else None,
            agent_id=act.staff_id,
            at=act.now,
        )
        if note.callback_at is not None:
            await _promise_call_back(note, note.callback_at, application, act)
        if note.kind == "emergency":
            report = emergencies.Report(
                danger="leak",
                words=note.content,
                contact_phone=note.caller_phone,
                address=application.address if application else None,
            )
            await emergencies.raise_alarm(
                report, act=act, application_id=application.id if application else None
            )
        elif application is not None and note.kind == "urge":
            await voices.urge(application.number, act=act)
        elif application is not None and note.kind == "complaint":
            await voices.complain(application.number, note.content, act=act)
        return call


async def _promise_call_back(
    note: CallNote, at: datetime, application: ConnectionApplication | None, act: Act
) -> None:
    """Whoever is on shift at that hour calls back."""
    await Task.create(
        kind="call_back",
        role="hotline_agent",
        application_id=application.id if application else None,
        opened_at=act.now,
        due_at=at,
        facts={"messages": [], "title": note.content, "contact_phone": note.caller_phone},
    )


async def _application_of(note: CallNote) -> ConnectionApplication | None:
    if note.application_number is None:
        return None
    application = await ConnectionApplication.get_or_none(number=note.application_number)
    if application is None:
        raise InvalidField(field="application_number", sentence="not_found")
    return application
