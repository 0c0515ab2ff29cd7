"""Calls to the hotline, logged while talking."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from tortoise.transactions import in_transaction

from backend.actions import applications, emergencies, tasks, voices
from backend.actions.act import Act
from backend.models import Call, ConnectionApplication, Task
from backend.rules.errors import InvalidField
from backend.rules.filing import Filing

CallKind = Literal["enquiry", "application", "progress", "urge", "complaint", "emergency", "other"]
Danger = Literal["fire", "poisoning", "damage", "leak"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallNote:
    """What the agent writes down about one call.

    `filing` is what a caller who wants gas asks for; `danger` and `address` are what an emergency is, and where.
    """

    caller_phone: str
    kind: CallKind
    content: str
    outcome: str | None = None
    callback_at: datetime | None = None
    application_number: str | None = None
    filing: Filing | None = None
    danger: Danger = "leak"
    address: str | None = None


async def log_call(note: CallNote, *, act: Act) -> Call:
    """Stores the call; an application is filed, an urge or complaint reaches its case, an emergency raises the alarm, a
    promised call-back becomes the hotline's task.

    Raises InvalidField for an application nobody knows, NotAllowed when its stage does not admit the urge, and what
    `applications.accept` raises.
    """
    async with in_transaction():
        application = await _application_of(note, act)
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
            await _raise_alarm(note, application, act)
        elif application is not None and note.kind == "urge":
            await voices.urge(application.number, act=act)
        elif application is not None and note.kind == "complaint":
            await voices.complain(application.number, note.content, act=act)
        return call


async def call_back_done(task_id: int, outcome: str, *, act: Act) -> Task:
    """The agent has called: takes the call-back on, if nobody has, and ends it. Raises NotFound, Forbidden, NotAllowed."""
    async with in_transaction():
        await tasks.accept(task_id, act=act)
        return await tasks.finish(task_id, outcome, act=act)


async def _raise_alarm(note: CallNote, application: ConnectionApplication | None, act: Act) -> None:
    report = emergencies.Report(
        danger=note.danger,
        words=note.content,
        contact_phone=note.caller_phone,
        contact_name=application.contact_name if application else None,
        address=note.address or (application.address if application else None),
    )
    await emergencies.raise_alarm(report, act=act, application_id=application.id if application else None)


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


async def _application_of(note: CallNote, act: Act) -> ConnectionApplication | None:
    """The one that is filed with the call, or the one it is about."""
    if note.filing is not None:
        return await applications.accept(note.filing, act=act)
    if note.application_number is None:
        return None
    application = await ConnectionApplication.get_or_none(number=note.application_number)
    if application is None:
        raise InvalidField(field="application_number", sentence="not_found")
    return application
