"""Who does what: leave and coming back, and a case given to another manager (domain §7)."""

from backend.actions import absences, hand_over
from backend.handlers.access import StaffCaller
from backend.handlers.bodies import Answer, Body, Id, Moment, MomentIn, OptionalText
from backend.handlers.calls import Call
from backend.handlers.doors import Doors
from backend.handlers.staff.applications import shown
from backend.handlers.staff.case_answers import StaffApplicationAnswer
from backend.handlers.staff.project_answers import StaffProjectAnswer
from backend.handlers.staff.standing import on_application, on_project, who_may
from backend.queries import projects

doors = Doors("staff_assignments", "/api/staff")


class AwayBody(Body):
    """Until when (without a zone it is Shanghai time); nothing: the member is there again."""

    until: MomentIn | None = None


class HandedOverAnswer(Answer):
    """How much left the desk, to whom, and how much of it nobody could take."""

    cases: int
    colleagues: list[str]
    unassigned: int
    away_until: Moment | None


class ReassignBody(Body):
    manager_id: Id
    note: OptionalText = None


@doors.post("/members/<staff_id:int>/away", who=who_may("go_away"), takes=AwayBody, answers=HandedOverAnswer)
async def go_away(call: Call[StaffCaller, AwayBody], staff_id: int) -> HandedOverAnswer:
    """Leave, illness, the end of a shift: everything passes to colleagues in one act. One's own, or the supervisor's."""
    until = call.body.until
    done = await (
        absences.leave(staff_id, until, act=call.act)
        if until is not None
        else absences.come_back(staff_id, act=call.act)
    )
    return HandedOverAnswer.model_validate(done)


@doors.post(
    "/applications/<number:str>/reassign",
    who=who_may("reassign"),
    takes=ReassignBody,
    answers=StaffApplicationAnswer,
)
async def reassign(call: Call[StaffCaller, ReassignBody], number: str) -> StaffApplicationAnswer:
    """Gives an application to another manager; both and the customer are told."""
    act = await on_application(call, "reassign", number)
    await hand_over.reassign(number, call.body.manager_id, call.body.note, act=act)
    return await shown(call, number)


@doors.post(
    "/projects/<project_id:int>/reassign",
    who=who_may("reassign_project"),
    takes=ReassignBody,
    answers=StaffProjectAnswer,
)
async def reassign_project(call: Call[StaffCaller, ReassignBody], project_id: int) -> StaffProjectAnswer:
    """Gives a site's project to another manager."""
    act = await on_project(call, "reassign_project", project_id)
    await hand_over.reassign_project(project_id, call.body.manager_id, call.body.note, act=act)
    return StaffProjectAnswer.model_validate(await projects.get(project_id, now=call.now))
