"""What went wrong, as a phone page in plain Chinese."""

from urllib.parse import quote

import orjson
from sanic import HTTPResponse, Request
from sanic.response import redirect

from backend.handlers import problems
from backend.handlers.field.render import page
from backend.rules.errors import Unauthenticated


async def answer(request: Request, error: Exception) -> HTTPResponse:
    """The login for a stranger, else the failure in words."""
    as_json = problems.answer(request, error)
    if "x-form-token" in request.headers:
        return as_json  # a script of ours asked, and shows the sentence in place
    if isinstance(error, Unauthenticated) and request.method == "GET":
        return redirect(f"/m/login?next={quote(request.raw_url.decode(errors='replace'), safe='')}")
    return await page(
        "failure.html", status=as_json.status, detail=orjson.loads(as_json.body or b"{}").get("detail", "")
    )
