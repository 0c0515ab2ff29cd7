"""Logging in at the desk, with login and password."""

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import redirect

from backend.handlers.console import flash
from backend.handlers.console.render import templates
from backend.handlers.pages import forms, session
from backend.handlers.pages.failures import sentence_of
from backend.handlers.pages.login import check_password, own_path
from backend.handlers.services import services_of
from backend.rules.errors import DomainError, RateLimited

routes = Blueprint("console_login", url_prefix="/console")

HOME = "/console/"


@routes.get("/login")
async def show_login(request: Request) -> HTTPResponse:
    """The form."""
    after = _own_path(request.args.get("next") or "")
    return await templates.page(
        "login.html", after=after, message=flash.take(request), login="", refused=False
    )


@routes.post("/login")
async def log_in(request: Request) -> HTTPResponse:
    """For this browser, the phone pages too."""
    after = _own_path(session.sent(request, "next"))
    try:
        member = await check_password(request)
    except DomainError as error:
        return await templates.page(
            "login.html",
            status=429 if isinstance(error, RateLimited) else 401,
            after=after,
            message=sentence_of(error),
            login=str(forms.typed(request).get("login", "")),
            refused=True,
        )
    response = redirect(after, status=303)
    session.begin(response, member, services_of(request).settings)
    return response


@routes.post("/logout")
async def log_out(request: Request) -> HTTPResponse:
    """In this browser, the phone pages too."""
    await session.sender(request)
    response = flash.done("/console/login", "logged_out")
    session.end(response)
    return response


def _own_path(path: str) -> str:
    return own_path(path, under="/console", home=HOME)
