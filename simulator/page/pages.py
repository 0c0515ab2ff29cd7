"""The page itself, the web login page, links into the mini-program, and binding on request."""

from pathlib import Path
from urllib.parse import urlencode

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import file, redirect

from simulator.control.basics import Wrong, answer, person_of, world_of
from simulator.doors.oauth import come_back
from simulator.errors import PlatformError
from simulator.page.demo_staff import NotReady, bind_all
from simulator.page.proxy import PHONE_COOKIE

pages = Blueprint("page")
STATIC = Path(__file__).parent / "static"


@pages.get("/")
async def index(_request: Request) -> HTTPResponse:
    return await file(STATIC / "index.html", headers={"Cache-Control": "no-cache"})


@pages.get("/connect/oauth2/authorize")
async def authorize(request: Request) -> HTTPResponse:
    """Goes straight back when the person is known (`as`, or the phone that asks); else lets one be picked."""
    key = request.args.get("as") or request.cookies.get(PHONE_COOKIE)
    if not key:
        return await file(STATIC / "authorize.html")
    query = {name: values[0] for name, values in request.args.items()}
    try:
        return redirect(come_back(world_of(request), person_of(request, key), query))
    except PlatformError as error:
        return answer(error.body(), 400)


@pages.get("/urllink/<name:str>")
async def open_mini_program(request: Request, name: str) -> HTTPResponse:
    """What a browser does with a link from generate_urllink."""
    target = world_of(request).links.find(name)
    if target is None:
        raise Wrong("no such link", status_code=404)
    return redirect(f"/?{urlencode({'mini': target})}")


@pages.post("/sim/bind-demo-staff")
async def bind(request: Request) -> HTTPResponse:
    """Bind every demo phone now: login → `bound` or why not. 503 while the backend is not ready."""
    try:
        return answer(await bind_all(world_of(request)))
    except NotReady as error:
        raise Wrong(str(error), status_code=503) from error
