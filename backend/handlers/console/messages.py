"""The in-app inbox at the desk."""

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import redirect

from backend import clock
from backend.actions import inbox as reading
from backend.handlers.console import desk
from backend.handlers.console.render import page
from backend.queries import inbox
from backend.queries.pages import Portion
from config.limits import limits

routes = Blueprint("console_inbox", url_prefix="/console/inbox")


@routes.get("/")
async def list_messages(request: Request) -> HTTPResponse:
    """Newest first."""
    who = await desk.visitor(request, "list_inbox")
    portion = Portion.asked(request.args.get("cursor"), limits().pages.usual)
    found = await inbox.list_items(who.member.id, portion)
    return await page(request, who, "inbox.html", found=found)


@routes.post("/<item_id:int>/open")
async def open_message(request: Request, item_id: int) -> HTTPResponse:
    """Marks it as read and goes where it points, at the desk."""
    who = await desk.sender(request, "read_item")
    item = await reading.read_item(item_id, who.member.id, now=clock.now())
    return redirect(_at_the_desk(item.link), status=303)


def _at_the_desk(link: str) -> str:
    """Messages point at phone pages; the same page stands at the desk."""
    return f"/console{link.removeprefix('/m')}" if link.startswith("/m/") else link
