"""Appointments as their customer moves them."""

from backend.actions import visits
from backend.handlers import access
from backend.handlers.access import CustomerCaller
from backend.handlers.bodies import Body, Id, MomentIn
from backend.handlers.calls import Call
from backend.handlers.doors import Doors
from backend.handlers.progress_answers import ApplicationAnswer
from backend.queries import my_applications, progress

doors = Doors("mini_program_appointments", "/api/mp/applications")


class RescheduleBody(Body):
    """A booked visit and its new hour; without a zone it is Shanghai time."""

    visit_id: Id
    at: MomentIn


@doors.post("/<number:str>/reschedule", who=access.customer, takes=RescheduleBody, answers=ApplicationAnswer)
async def reschedule(call: Call[CustomerCaller, RescheduleBody], number: str) -> ApplicationAnswer:
    """Moves a booked visit."""
    await my_applications.check_own(number, call.who.id)
    await visits.reschedule(number, call.body.visit_id, call.body.at, act=call.act)
    return ApplicationAnswer.model_validate(await progress.get(number, now=call.now))
