"""The in-app inbox on the phone."""

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import redirect

from backend import clock
from backend.actions import inbox as reading
from backend.handlers.field.render import page
from backend.handlers.pages import session
from backend.queries import inbox
from backend.queries.pages import Portion
from config.limits import limits

routes = Blueprint("field_messages", url_prefix="/m/inbox")


@routes.get("/")
async def list_messages(request: Request) -> HTTPResponse:
    """Newest first."""
    who = await session.visitor(request)
    found = await inbox.list_items(
        who.member.id, Portion.asked(request.args.get("cursor"), limits().pages.usual)
    )
    return await page("inbox.html", who=who, unread=await inbox.count_unread(who.member.id), found=found)


@routes.post("/<item_id:int>/open")
async def open_message(request: Request, item_id: int) -> HTTPResponse:
    """Marks it as read and goes where it points."""
    who = await session.sender(request)
    item = await reading.read_item(item_id, who.member.id, now=clock.now())
    return redirect(item.link, status=303)
