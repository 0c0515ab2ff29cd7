"""What went wrong, as a page in plain Chinese."""

from urllib.parse import quote

import orjson
from sanic import Blueprint, HTTPResponse, Request
from sanic.response import redirect

from backend.handlers import problems
from backend.handlers.calls import check_places
from backend.handlers.field.render import page
from backend.rules.errors import DomainError, Unauthenticated


def guarded(routes: Blueprint) -> Blueprint:
    """The same routes; whatever they raise is answered as a page."""
    routes.on_request(_check_places)
    routes.exception(Exception)(_answer)
    return routes


def sentence_of(error: DomainError) -> str:
    """What a person is told."""
    return problems.sentence_of(error)


async def _check_places(request: Request) -> None:
    check_places(request.match_info)


async def _answer(request: Request, error: Exception) -> HTTPResponse:
    if isinstance(error, Unauthenticated) and request.method == "GET":
        return redirect(f"/m/login?next={quote(request.raw_url.decode(errors='replace'), safe='')}")
    as_json = problems.answer(request, error)
    if "x-form-token" in request.headers:
        return as_json  # a script of ours asked, and shows the sentence in place
    return await page(
        "failure.html", status=as_json.status, detail=orjson.loads(as_json.body or b"{}").get("detail", "")
    )
