"""Applications as staff find, read and end them."""

from backend.actions import applications, audit
from backend.handlers.access import StaffCaller
from backend.handlers.bodies import Body, NoBody, OptionalLine, OptionalName, PageAnswer, PageQuery, Text
from backend.handlers.calls import Call
from backend.handlers.doors import Doors
from backend.handlers.progress_answers import SummaryAnswer
from backend.handlers.staff.case_answers import StaffApplicationAnswer
from backend.handlers.staff.standing import on_application, who_may
from backend.queries import staff_cases
from backend.queries.pages import Portion
from backend.queries.staff_cases import Search
from config.roles import roles

doors = Doors("staff_applications", "/api/staff/applications")


class SearchQuery(PageQuery):
    """`query` is the beginning of a number or phone, or part of a name or address."""

    query: OptionalLine = None
    stage: OptionalName = None


class CancelBody(Body):
    reason: Text


@doors.get("/", who=who_may("list_applications"), takes=SearchQuery, answers=PageAnswer[SummaryAnswer])
async def list_applications(call: Call[StaffCaller, SearchQuery]) -> PageAnswer[SummaryAnswer]:
    """The applications within the caller's reach, newest first."""
    page = await staff_cases.list_cases(
        call.who.member,
        roles().of("list_applications"),
        Search(text=call.body.query, stage=call.body.stage),
        Portion.asked(call.body.cursor, call.body.limit),
        now=call.now,
    )
    return PageAnswer[SummaryAnswer].model_validate(page)


@doors.get("/<number:str>", who=who_may("show_application"), takes=NoBody, answers=StaffApplicationAnswer)
async def show_application(call: Call[StaffCaller, NoBody], number: str) -> StaffApplicationAnswer:
    """One application with its whole file; who reads it is noted."""
    act = await on_application(call, "show_application", number)
    await audit.note_reading(number, act=act)
    return await shown(call, number)


@doors.post(
    "/<number:str>/cancel",
    who=who_may("cancel_application"),
    takes=CancelBody,
    answers=StaffApplicationAnswer,
)
async def cancel_application(call: Call[StaffCaller, CancelBody], number: str) -> StaffApplicationAnswer:
    """Ends an application before ignition, on the customer's word."""
    act = await on_application(call, "cancel_application", number)
    await applications.cancel(number, call.body.reason, act=act)
    return await shown(call, number)


async def shown(call: Call[StaffCaller, Body], number: str) -> StaffApplicationAnswer:
    """The application as it is after what was just done to it."""
    return StaffApplicationAnswer.model_validate(await staff_cases.get(number, now=call.now))
