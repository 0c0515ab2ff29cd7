"""The forms of an application's page: each is one act of the staff API."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from backend.actions import documents, ignition, pauses, visits
from backend.actions.act import Act
from backend.handlers.bodies import Body, Id, Text
from backend.handlers.staff.clock_pauses import PauseBody, ResumeBody
from backend.handlers.staff.documents import AttachBody
from backend.handlers.staff.ignition import AttemptBody, IgnitionBody
from backend.handlers.staff.visits import BookBody, CheckInBody


class ArrivalForm(CheckInBody):
    visit_id: Id


class NoShowForm(Body):
    visit_id: Id
    note: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What a form holds, the staff door whose roles may send it, and what it does to the application `number`."""

    shape: type[Body]
    door: str
    perform: Callable[[str, Any, Act], Awaitable[object]]


async def _book(number: str, form: BookBody, act: Act) -> object:
    return await visits.book(number, form.at, act=act)


async def _check_in(_: str, form: ArrivalForm, act: Act) -> object:
    arrival = visits.CheckIn(latitude=form.latitude, longitude=form.longitude, document_ids=form.document_ids)
    return await visits.check_in(form.visit_id, arrival, act=act)


async def _no_show(_: str, form: NoShowForm, act: Act) -> object:
    return await visits.no_show(form.visit_id, form.note, act=act)


async def _papers(number: str, form: AttachBody, act: Act) -> object:
    return await documents.attach(number, form.document_ids, act=act)


async def _ignite(number: str, form: IgnitionBody, act: Act) -> object:
    return await ignition.ignite(number, form.meter_number, act=act, document_ids=form.document_ids)


async def _attempt(number: str, form: AttemptBody, act: Act) -> object:
    return await ignition.fail_attempt(
        number, form.reason, form.note, act=act, document_ids=form.document_ids
    )


async def _pause(number: str, form: PauseBody, act: Act) -> object:
    return await pauses.pause(number, form.reason, form.note, act=act, document_ids=form.document_ids)


async def _resume(number: str, form: ResumeBody, act: Act) -> object:
    return await pauses.resume(number, form.note, act=act)


FORMS: dict[str, Form] = {
    "book": Form(shape=BookBody, door="book_visit", perform=_book),
    "check_in": Form(shape=ArrivalForm, door="check_in", perform=_check_in),
    "no_show": Form(shape=NoShowForm, door="no_show", perform=_no_show),
    "papers": Form(shape=AttachBody, door="attach", perform=_papers),
    "ignite": Form(shape=IgnitionBody, door="ignite", perform=_ignite),
    "attempt": Form(shape=AttemptBody, door="fail_attempt", perform=_attempt),
    "pause": Form(shape=PauseBody, door="pause", perform=_pause),
    "resume": Form(shape=ResumeBody, door="resume", perform=_resume),
}
"""By the name the page gives the form."""
