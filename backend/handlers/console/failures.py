"""What went wrong, as a desktop page in plain Chinese, or as JSON for a script of ours."""

from urllib.parse import quote, urlsplit

import orjson
from sanic import HTTPResponse, Request
from sanic.response import redirect

from backend.handlers import problems
from backend.handlers.console.render import templates
from backend.rules.errors import Unauthenticated
from config.messages.console_texts import console_texts


async def answer(request: Request, error: Exception) -> HTTPResponse:
    """The login for a stranger or an ended session, also where only a piece of a page was asked; else the failure in words."""
    asked_by_script = "hx-request" in request.headers
    as_json = problems.answer(request, error)
    if isinstance(error, Unauthenticated):
        if asked_by_script:
            as_json.headers["HX-Redirect"] = _login(_page_of(request))
            return as_json
        if request.method == "GET":
            return redirect(_login(request.raw_url.decode(errors="replace")))
    if asked_by_script:
        return as_json
    texts, status = console_texts()["failure"], as_json.status
    return await templates.page(
        "failure.html",
        status=status,
        title=texts.get(f"title_{status}", texts["title_other"]),
        detail=_said(as_json),
        hint=texts.get(f"hint_{status}", ""),
    )


def _login(after: str) -> str:
    return f"/console/login?next={quote(after, safe='')}"


def _page_of(request: Request) -> str:
    """The page on which the script stands."""
    at = urlsplit(request.headers.get("hx-current-url", ""))
    return f"{at.path}?{at.query}" if at.query else at.path


def _said(as_json: HTTPResponse) -> str:
    """What is wrong with each field, where it is about fields."""
    problem = orjson.loads(as_json.body or b"{}")
    of_fields = [fault["detail"] for fault in problem.get("errors", ())]
    return "".join(of_fields) or str(problem.get("detail", ""))
