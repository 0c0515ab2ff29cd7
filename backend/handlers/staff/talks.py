"""The hotline desk talks with customers in the chat: who waits, taking a talk, answering, giving it back."""

from dataclasses import asdict
from typing import Literal

from backend.actions import audit, live_talks
from backend.handlers.access import StaffCaller
from backend.handlers.bodies import (
    Answer,
    Body,
    MaskedPhone,
    Moment,
    NoBody,
    OptionalText,
    PageAnswer,
    PageQuery,
    Text,
)
from backend.handlers.calls import Call
from backend.handlers.doors import Doors
from backend.handlers.staff.standing import who_may
from backend.queries import live_desk, talk_lines
from backend.queries.pages import Portion

doors = Doors("staff_talks", "/api/staff/talks")


class TalksQuery(PageQuery):
    """`open` are those that wait or are being talked in."""

    state: Literal["open", "ended"] = "open"


class ReplyBody(Body):
    text: Text


class HandBackBody(Body):
    note: OptionalText = None


class TalkItem(Answer):
    """One talk in a list; `reason` says why a person was called."""

    id: int
    state: Literal["waiting", "held", "ended"]
    reason: str
    reason_name: str
    customer: str | None
    contact_phone: MaskedPhone | None
    words: str
    application_number: str | None
    agent_id: int | None
    agent_name: str | None
    asked_at: Moment
    taken_at: Moment | None
    unanswered_since: Moment | None
    ended_at: Moment | None


class LineAnswer(Answer):
    """One line of a talk; `delivery` says what became of an agent's words, `advice` what to do when they did not arrive."""

    key: str
    by: Literal["customer", "assistant", "agent"]
    at: Moment
    kind: str
    text: str
    name: str | None
    document_id: int | None
    picture: str | None
    delivery: Literal["sending", "uncertain", "delivered", "refused", "told"] | None
    delivery_name: str | None
    advice: str | None


class TalkAnswer(TalkItem):
    """One talk in full; `words_left` is how many messages the platform still takes until the customer writes again."""

    contact_phone: str | None
    words_left: int
    lines: list[LineAnswer]


class ReplyAnswer(Answer):
    id: int
    text: str
    at: Moment


@doors.get("/", who=who_may("list_talks"), takes=TalksQuery, answers=PageAnswer[TalkItem])
async def list_talks(call: Call[StaffCaller, TalksQuery]) -> PageAnswer[TalkItem]:
    """Who waits for a person, longest first, and who is being talked with."""
    portion = Portion.asked(call.body.cursor, call.body.limit)
    page = await live_desk.list_talks(ended=call.body.state == "ended", portion=portion)
    return PageAnswer[TalkItem].model_validate(page)


@doors.get("/<talk_id:int>", who=who_may("show_talk"), takes=NoBody, answers=TalkAnswer)
async def show_talk(call: Call[StaffCaller, NoBody], talk_id: int) -> TalkAnswer:
    """One talk with what was said before it and in it; who reads it is noted."""
    await audit.note_talk_reading(talk_id, act=call.act)
    return await _shown(talk_id)


@doors.post("/<talk_id:int>/take", who=who_may("take_talk"), takes=NoBody, answers=TalkAnswer)
async def take_talk(call: Call[StaffCaller, NoBody], talk_id: int) -> TalkAnswer:
    """Talks with the customer from now on; one agent at a time."""
    await live_talks.take(talk_id, act=call.act)
    return await _shown(talk_id)


@doors.post(
    "/<talk_id:int>/replies",
    who=who_may("reply_in_talk"),
    takes=ReplyBody,
    answers=ReplyAnswer,
    status=201,
    once=True,
)
async def reply_in_talk(call: Call[StaffCaller, ReplyBody], talk_id: int) -> ReplyAnswer:
    """Writes to the customer; what becomes of it is seen in the talk."""
    return ReplyAnswer.model_validate(await live_talks.reply(talk_id, call.body.text, act=call.act))


@doors.post("/<talk_id:int>/hand-back", who=who_may("hand_back_talk"), takes=HandBackBody, answers=TalkAnswer)
async def hand_back_talk(call: Call[StaffCaller, HandBackBody], talk_id: int) -> TalkAnswer:
    """The assistant answers again."""
    await live_talks.hand_back(talk_id, call.body.note, act=call.act)
    return await _shown(talk_id)


async def _shown(talk_id: int) -> TalkAnswer:
    talk = await live_desk.get_talk(talk_id)
    left, _ = await live_desk.words_left(talk)
    lines = await talk_lines.lines_of(talk.openid)
    return TalkAnswer.model_validate({**asdict(talk), "words_left": left, "lines": lines})
