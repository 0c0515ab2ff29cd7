"""Clocks that stand still for the customer's or an uncontrollable reason (§1.2-3)."""

from backend.actions import pauses
from backend.handlers.access import StaffCaller
from backend.handlers.bodies import Body, Ids, OptionalText, Text
from backend.handlers.calls import Call
from backend.handlers.doors import Doors
from backend.handlers.staff.applications import shown
from backend.handlers.staff.case_answers import StaffApplicationAnswer
from backend.handlers.staff.standing import on_application, who_may
from backend.rules.clocks import PauseReason

doors = Doors("staff_clock_pauses", "/api/staff/applications")


class PauseBody(Body):
    reason: PauseReason
    note: Text
    document_ids: Ids = ()


class ResumeBody(Body):
    note: OptionalText = None


@doors.post("/<number:str>/pause", who=who_may("pause"), takes=PauseBody, answers=StaffApplicationAnswer)
async def pause(call: Call[StaffCaller, PauseBody], number: str) -> StaffApplicationAnswer:
    """All open clocks of the application stand still at once."""
    act = await on_application(call, "pause", number)
    await pauses.pause(number, call.body.reason, call.body.note, act=act, document_ids=call.body.document_ids)
    return await shown(call, number)


@doors.post("/<number:str>/resume", who=who_may("resume"), takes=ResumeBody, answers=StaffApplicationAnswer)
async def resume(call: Call[StaffCaller, ResumeBody], number: str) -> StaffApplicationAnswer:
    """Every clock that stands still runs again."""
    act = await on_application(call, "resume", number)
    await pauses.resume(number, call.body.note, act=act)
    return await shown(call, number)
