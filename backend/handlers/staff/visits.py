"""Appointments: book or move, be there, find nobody."""

from typing import Annotated, Literal

from pydantic import Field

from backend.actions import visits
from backend.handlers.access import StaffCaller
from backend.handlers.bodies import Answer, Body, Ids, Moment, MomentIn, Text
from backend.handlers.calls import Call
from backend.handlers.doors import Doors
from backend.handlers.staff.standing import on_application, on_visit, who_may

doors = Doors("staff_visits", "/api/staff")


class BookBody(Body):
    """Without a zone it is Shanghai time. With a visit booked already, that one moves."""

    at: MomentIn


class CheckInBody(Body):
    latitude: Annotated[float | None, Field(ge=-90, le=90, allow_inf_nan=False)] = None
    longitude: Annotated[float | None, Field(ge=-180, le=180, allow_inf_nan=False)] = None
    document_ids: Ids = ()


class NoShowBody(Body):
    note: Text


class VisitAnswer(Answer):
    id: int
    at: Moment
    state: Literal["booked", "done", "no_show", "cancelled"]
    checked_in_at: Moment | None


@doors.post(
    "/applications/<number:str>/visits",
    who=who_may("book_visit"),
    takes=BookBody,
    answers=VisitAnswer,
    status=201,
)
async def book_visit(call: Call[StaffCaller, BookBody], number: str) -> VisitAnswer:
    """Books the next visit, or moves the one that is booked."""
    act = await on_application(call, "book_visit", number)
    return VisitAnswer.model_validate(await visits.book(number, call.body.at, act=act))


@doors.post(
    "/visits/<visit_id:int>/check-in", who=who_may("check_in"), takes=CheckInBody, answers=VisitAnswer
)
async def check_in(call: Call[StaffCaller, CheckInBody], visit_id: int) -> VisitAnswer:
    """At the door; it may be before the booked hour."""
    act = await on_visit(call, "check_in", visit_id)
    arrival = visits.CheckIn(
        latitude=call.body.latitude,
        longitude=call.body.longitude,
        document_ids=call.body.document_ids,
    )
    return VisitAnswer.model_validate(await visits.check_in(visit_id, arrival, act=act))


@doors.post("/visits/<visit_id:int>/no-show", who=who_may("no_show"), takes=NoShowBody, answers=VisitAnswer)
async def no_show(call: Call[StaffCaller, NoShowBody], visit_id: int) -> VisitAnswer:
    """Nobody was at home; the customer is asked for a new hour."""
    act = await on_visit(call, "no_show", visit_id)
    return VisitAnswer.model_validate(await visits.no_show(visit_id, call.body.note, act=act))
