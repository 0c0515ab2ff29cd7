"""The supervisor's board: every open case by stage and time left, and what needs a person first."""

from sanic import Blueprint, HTTPResponse, Request

from backend import clock
from backend.handlers.console import desk
from backend.handlers.console.render import fragment, page
from backend.queries import board, lanes, message_desk
from backend.queries.callers import Member
from backend.queries.figures import day_of
from backend.queries.lanes import Lane

routes = Blueprint("console_board", url_prefix="/console/board")


@routes.get("/")
async def show_board(request: Request) -> HTTPResponse:
    """The lanes, the managers with what they have, messages that did not arrive."""
    who = await desk.visitor(request, "show_board")
    return await page(
        request,
        who,
        "board/board.html",
        lanes=await _lanes(who.member),
        undelivered=await message_desk.count(who.member, ("supervisor",)),
        managers=await board.list_managers(who.member),
    )


@routes.get("/now")
async def show_now(request: Request) -> HTTPResponse:
    """The lanes as they are now."""
    who = await desk.visitor(request, "show_board")
    undelivered = await message_desk.count(who.member, ("supervisor",))
    return await fragment(
        request, who, "board/lanes.html", lanes=await _lanes(who.member), undelivered=undelivered
    )


async def _lanes(member: Member) -> tuple[Lane, ...]:
    now = clock.now()
    return await lanes.get(member, now=now, day_ends=day_of(now).ends)
