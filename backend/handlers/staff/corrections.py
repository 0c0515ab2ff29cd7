"""Mistakes put right with a reason: fields of an application, an ignition, a pause (domain §7)."""

from backend.actions import annulments, corrections
from backend.actions.corrections import Correction
from backend.handlers.access import StaffCaller
from backend.handlers.bodies import (
    Answer,
    Body,
    Moment,
    OptionalLine,
    OptionalName,
    PageAnswer,
    PageQuery,
    Phone,
    Text,
)
from backend.handlers.calls import Call
from backend.handlers.doors import Doors
from backend.handlers.staff.applications import shown
from backend.handlers.staff.case_answers import PersonAnswer, StaffApplicationAnswer
from backend.handlers.staff.standing import on_application, on_pause, who_may
from backend.queries import pause_desk
from backend.queries.pages import Portion
from config.documents import CustomerKind
from config.roles import roles

doors = Doors("staff_corrections", "/api/staff")


class CorrectionBody(Body):
    """What was meant; what was right is left out."""

    reason: Text
    contact_name: OptionalName = None
    contact_phone: Phone | None = None
    address: OptionalLine = None
    customer_kind: CustomerKind | None = None
    meter_number: OptionalName = None


class ReasonBody(Body):
    reason: Text


class AnnulBody(Body):
    note: Text


class PausesQuery(PageQuery):
    """`open` true: only those that still hold a clock."""

    open: bool = False


class ReviewedPauseAnswer(Answer):
    """A pause of an application or a project, and why it was annulled."""

    id: int
    application_number: str | None
    project_id: int | None
    address: str
    reason: str
    note: str
    began_at: Moment
    until: Moment | None
    ended_at: Moment | None
    by: PersonAnswer | None
    annulled_at: Moment | None
    annulled_by: PersonAnswer | None
    annulment: str | None


@doors.post(
    "/applications/<number:str>/corrections",
    who=who_may("correct"),
    takes=CorrectionBody,
    answers=StaffApplicationAnswer,
)
async def correct(call: Call[StaffCaller, CorrectionBody], number: str) -> StaffApplicationAnswer:
    """Puts fields of an application right; the old values stay in its history."""
    act = await on_application(call, "correct", number)
    await corrections.correct(number, Correction(**dict(call.body)), act=act)
    return await shown(call, number)


@doors.post(
    "/applications/<number:str>/undo-ignition",
    who=who_may("undo_ignition"),
    takes=ReasonBody,
    answers=StaffApplicationAnswer,
)
async def undo_ignition(call: Call[StaffCaller, ReasonBody], number: str) -> StaffApplicationAnswer:
    """Takes back an ignition that was recorded for the wrong case; its clock runs on."""
    act = await on_application(call, "undo_ignition", number)
    await corrections.undo_ignition(number, call.body.reason, act=act)
    return await shown(call, number)


@doors.get("/pauses", who=who_may("list_pauses"), takes=PausesQuery, answers=PageAnswer[ReviewedPauseAnswer])
async def list_pauses(call: Call[StaffCaller, PausesQuery]) -> PageAnswer[ReviewedPauseAnswer]:
    """The pauses to look through, newest first."""
    page = await pause_desk.list_pauses(
        call.who.member,
        roles().of("list_pauses"),
        Portion.asked(call.body.cursor, call.body.limit),
        only_open=call.body.open,
    )
    return PageAnswer[ReviewedPauseAnswer].model_validate(page)


@doors.post(
    "/pauses/<pause_id:int>/annul",
    who=who_may("annul_pause"),
    takes=AnnulBody,
    answers=ReviewedPauseAnswer,
)
async def annul_pause(call: Call[StaffCaller, AnnulBody], pause_id: int) -> ReviewedPauseAnswer:
    """The pause's time counts again; what is late by that is late at once."""
    act = await on_pause(call, "annul_pause", pause_id)
    await annulments.annul(pause_id, call.body.note, act=act)
    return ReviewedPauseAnswer.model_validate(await pause_desk.get(pause_id))
