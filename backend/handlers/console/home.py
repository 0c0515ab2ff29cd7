"""The first page: what waits for this person, and the desks they have."""

from sanic import Blueprint, HTTPResponse, Request

from backend.handlers.console.render import count, desks_of, fragment, page
from backend.handlers.pages import session
from backend.queries import desks, inbox
from backend.queries.pages import Portion

routes = Blueprint("console_home", url_prefix="/console")

_FIRST = 8  # tasks and messages on the first page


@routes.get("/")
async def show_home(request: Request) -> HTTPResponse:
    """Tasks by deadline, the newest messages, the desks."""
    who = await session.visitor(request)
    return await page(
        request,
        who,
        "home.html",
        tasks=(await desks.list_tasks(who.member, "open", Portion(limit=_FIRST))).items,
        items=(await inbox.list_items(who.member.id, Portion(limit=_FIRST))).items,
        desks=desks_of(who.member),
    )


@routes.get("/badges")
async def show_badges(request: Request) -> HTTPResponse:
    """How much waits, for the navigation."""
    who = await session.visitor(request)
    return await fragment(request, who, "badges.html", counts=await count(who.member))


@routes.get("/waiting")
async def show_waiting(request: Request) -> HTTPResponse:
    """The first page's tasks as they are now."""
    who = await session.visitor(request)
    found = await desks.list_tasks(who.member, "open", Portion(limit=_FIRST))
    return await fragment(request, who, "tasks/table.html", tasks=found.items, empty="no_tasks")
