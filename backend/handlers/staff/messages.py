"""Messages nobody could deliver: seen, sent anew, given up with a word (domain §7)."""

from typing import Literal
from uuid import UUID

from backend.actions import messages_review
from backend.handlers.access import StaffCaller
from backend.handlers.bodies import Answer, Body, Moment, NoBody, PageAnswer, PageQuery, Text
from backend.handlers.calls import Call
from backend.handlers.doors import Doors
from backend.handlers.staff.case_answers import AttemptAnswer
from backend.handlers.staff.standing import who_may
from backend.queries import message_desk
from backend.queries.callers import Member
from backend.queries.pages import Portion
from backend.rules.errors import NotFound
from config.roles import roles

doors = Doors("staff_messages", "/api/staff/messages")


class MessagesQuery(PageQuery):
    """Without a state: everything that waits for somebody to deal with it."""

    state: Literal["dead", "called_back", "given_up", "told"] | None = None


class GiveUpBody(Body):
    note: Text


class StuckMessageAnswer(Answer):
    """`dead` was for staff, `called_back` waits for the hotline's call; `phone` is where the person can be called."""

    id: str
    title: str
    body: str
    state: str
    to: str
    phone: str | None
    application_number: str | None
    created_at: Moment
    closing_note: str | None
    attempts: list[AttemptAnswer]


@doors.get("/", who=who_may("list_messages"), takes=MessagesQuery, answers=PageAnswer[StuckMessageAnswer])
async def list_messages(call: Call[StaffCaller, MessagesQuery]) -> PageAnswer[StuckMessageAnswer]:
    """What could not be delivered, newest first."""
    page = await message_desk.list_messages(
        call.who.member,
        roles().of("list_messages"),
        Portion.asked(call.body.cursor, call.body.limit),
        state=call.body.state,
    )
    return PageAnswer[StuckMessageAnswer].model_validate(page)


@doors.post(
    "/<message_id:str>/resend", who=who_may("resend_message"), takes=NoBody, answers=StuckMessageAnswer
)
async def resend_message(call: Call[StaffCaller, NoBody], message_id: str) -> StuckMessageAnswer:
    """Every channel is tried again."""
    found = await within_reach(call.who.member, "resend_message", message_id)
    await messages_review.resend(found, act=call.act)
    return StuckMessageAnswer.model_validate(await message_desk.get(found))


@doors.post(
    "/<message_id:str>/give-up", who=who_may("give_up_message"), takes=GiveUpBody, answers=StuckMessageAnswer
)
async def give_up_message(call: Call[StaffCaller, GiveUpBody], message_id: str) -> StuckMessageAnswer:
    """The person knows by other means, or need not."""
    found = await within_reach(call.who.member, "give_up_message", message_id)
    await messages_review.give_up(found, call.body.note, act=call.act)
    return StuckMessageAnswer.model_validate(await message_desk.get(found))


async def within_reach(member: Member, door: str, message_id: str) -> UUID:
    """The id of a message the member may deal with through this door. Raises NotFound, Forbidden."""
    try:
        known = UUID(message_id)
    except ValueError:
        raise NotFound from None
    await message_desk.check_reach(known, member, roles().of(door))
    return known
