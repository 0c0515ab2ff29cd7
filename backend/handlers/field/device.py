"""What the phone itself asks for: who holds it, whether anything changed, and what it needs where there is no network."""

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import json

from backend.handlers.field.render import page
from backend.handlers.pages import session
from backend.handlers.pages.assets import packed
from backend.handlers.pages.session import Visitor
from backend.queries import inbox, pulse, reach
from config.roles import roles

routes = Blueprint("field_device", url_prefix="/m")

_UNKEPT = {"Cache-Control": "no-store"}


@routes.get("/me")
async def say_who(request: Request) -> HTTPResponse:
    """Who is logged in, and the token their forms need; asked before something kept is sent."""
    who = await session.visitor(request)
    return json({"holder": str(who.member.id), "form_token": who.form_token}, headers=_UNKEPT)


@routes.get("/worker.js")
async def serve_worker(_: Request) -> HTTPResponse:
    """The service worker; its address says which pages it serves, so it cannot lie with the other scripts."""
    headers = {"Cache-Control": "no-cache"}
    return HTTPResponse(packed("field-worker.js").plain, headers=headers, content_type="text/javascript")


@routes.get("/offline")
async def show_offline(_: Request) -> HTTPResponse:
    """What is shown in place of a page that was never opened with a network."""
    return await page("offline.html")


@routes.get("/pulse")
async def feel_desk(request: Request) -> HTTPResponse:
    """A mark that changes with the tasks and messages of the visitor."""
    who = await session.visitor(request)
    return await _mark(who, await pulse.of_desk(who.member))


@routes.get("/pulse/applications/<number:str>")
async def feel_application(request: Request, number: str) -> HTTPResponse:
    """Likewise with one application."""
    who = await session.visitor(request)
    await reach.role_for_application(number, who.member, roles().of("show_application"))
    return await _mark(who, await pulse.of_application(number))


@routes.get("/pulse/projects/<project_id:int>")
async def feel_project(request: Request, project_id: int) -> HTTPResponse:
    """Likewise with one project."""
    who = await session.visitor(request)
    await reach.role_for_project(project_id, who.member, roles().of("show_project"))
    return await _mark(who, await pulse.of_project(project_id))


async def _mark(who: Visitor, mark: str) -> HTTPResponse:
    return json({"mark": f"{mark}/{await inbox.count_unread(who.member.id)}"}, headers=_UNKEPT)
