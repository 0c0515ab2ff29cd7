"""A customer's applications: file, list, look, urge, cancel, rate."""

from typing import Annotated

from pydantic import Field

from backend.actions import applications, voices
from backend.bots import wording
from backend.bots.safety import Danger, judge
from backend.handlers import access
from backend.handlers.access import CustomerCaller
from backend.handlers.bodies import Body, NoBody, OptionalText, PageAnswer, PageQuery, Text
from backend.handlers.calls import Call
from backend.handlers.doors import Doors
from backend.handlers.filing_bodies import FilingBody
from backend.handlers.progress_answers import ApplicationAnswer, SummaryAnswer
from backend.queries import my_applications, progress
from backend.queries.pages import Portion
from backend.rules.errors import NotFound

doors = Doors("mini_program_applications", "/api/mp/applications")


class CancelBody(Body):
    reason: Text


class RatingBody(Body):
    score: Annotated[int, Field(ge=1, le=5)]
    comment: OptionalText = None


@doors.post("/", who=access.customer, takes=FilingBody, answers=ApplicationAnswer, status=201, once=True)
async def file_application(call: Call[CustomerCaller, FilingBody]) -> ApplicationAnswer:
    """Files an application; the customer manager takes it from there."""
    filed = await applications.accept(call.body.filing("mini_program"), act=call.act)
    return await _shown(call, filed.number)


@doors.get("/", who=access.customer_told_by_rows, takes=PageQuery, answers=PageAnswer[SummaryAnswer])
async def list_applications(call: Call[CustomerCaller, PageQuery]) -> PageAnswer[SummaryAnswer]:
    """The customer's applications and those filed for their verified phone, newest first."""
    portion = Portion.asked(call.body.cursor, call.body.limit)
    page = await my_applications.list_own(call.who.id, portion, now=call.now)
    if not page.items:
        await access.check_there(call.who)
    return PageAnswer[SummaryAnswer].model_validate(page)


@doors.get("/<number:str>", who=access.customer_told_by_rows, takes=NoBody, answers=ApplicationAnswer)
async def show_application(call: Call[CustomerCaller, NoBody], number: str) -> ApplicationAnswer:
    """Where an application stands."""
    try:
        found = await progress.get_own(number, call.who.id, now=call.now)
    except NotFound:
        await access.check_there(call.who)
        raise
    return ApplicationAnswer.model_validate(found)


@doors.post("/<number:str>/urge", who=access.customer, takes=NoBody, answers=ApplicationAnswer)
async def urge(call: Call[CustomerCaller, NoBody], number: str) -> ApplicationAnswer:
    """Asks why it takes so long (催办)."""
    await my_applications.check_own(number, call.who.id)
    await voices.urge(number, act=call.act)
    return await _shown(call, number)


@doors.post("/<number:str>/cancel", who=access.customer, takes=CancelBody, answers=ApplicationAnswer)
async def cancel(call: Call[CustomerCaller, CancelBody], number: str) -> ApplicationAnswer:
    """Ends an application before ignition."""
    await my_applications.check_own(number, call.who.id)
    danger = judge(call.body.reason)
    await applications.cancel(number, call.body.reason, act=call.act, danger=danger.kind if danger else None)
    return await _shown(call, number, danger)


@doors.post("/<number:str>/rating", who=access.customer, takes=RatingBody, answers=ApplicationAnswer)
async def rate(call: Call[CustomerCaller, RatingBody], number: str) -> ApplicationAnswer:
    """One to five, once, after ignition."""
    await my_applications.check_own(number, call.who.id)
    comment = call.body.comment
    danger = judge(comment or "")
    await voices.rate(number, call.body.score, comment, act=call.act, danger=danger.kind if danger else None)
    return await _shown(call, number, danger)


async def _shown(
    call: Call[CustomerCaller, Body], number: str, danger: Danger | None = None
) -> ApplicationAnswer:
    shown = ApplicationAnswer.model_validate(await progress.get(number, now=call.now))
    return shown.model_copy(update={"safety": wording.say("emergency")}) if danger else shown
