"""The in-app inbox: every message is in it, whatever the channels did."""

from backend.actions import inbox as reading
from backend.handlers.access import StaffCaller
from backend.handlers.bodies import Answer, Moment, NoBody, PageAnswer, PageQuery
from backend.handlers.calls import Call
from backend.handlers.doors import Doors
from backend.handlers.staff.standing import who_may
from backend.queries import inbox
from backend.queries.pages import Portion

doors = Doors("staff_inbox", "/api/staff/inbox")


class ItemAnswer(Answer):
    """`link` is a path of ours."""

    id: int
    at: Moment
    title: str
    body: str
    link: str
    read: bool


@doors.get("/", who=who_may("list_inbox"), takes=PageQuery, answers=PageAnswer[ItemAnswer])
async def list_inbox(call: Call[StaffCaller, PageQuery]) -> PageAnswer[ItemAnswer]:
    """The caller's messages, newest first."""
    page = await inbox.list_items(call.who.id, Portion.asked(call.body.cursor, call.body.limit))
    return PageAnswer[ItemAnswer].model_validate(page)


@doors.post("/<item_id:int>/read", who=who_may("read_item"), takes=NoBody, answers=ItemAnswer)
async def read_item(call: Call[StaffCaller, NoBody], item_id: int) -> ItemAnswer:
    """Marks a message as read."""
    return ItemAnswer.model_validate(await reading.read_item(item_id, call.who.id, now=call.now))
