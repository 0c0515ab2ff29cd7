"""/openapi.json and /docs, from the same types that validate."""

import asyncio
from collections.abc import Sequence

import orjson
from sanic import Blueprint, HTTPResponse, Request
from sanic import html as answer_html

from backend.handlers import openapi
from backend.handlers.doors import Doors
from backend.handlers.services import App
from backend.rules.errors import NotFound
from config.assets import ASSETS

blueprint = Blueprint("documentation")

_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>API</title>
<link rel="stylesheet" href="/docs/swagger-ui.css">
<div id="doors"></div>
<script src="/docs/swagger-ui.js"></script>
<script src="/docs/start.js"></script>
</html>
"""
_START = 'SwaggerUIBundle({url: "/openapi.json", dom_id: "#doors", deepLinking: true});'
_POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"


def install(app: App, groups: Sequence[Doors]) -> None:
    """Describes these doors, once."""
    app.ctx.openapi = orjson.dumps(openapi.describe(groups))


@blueprint.get("/openapi.json")
async def describe(request: Request) -> HTTPResponse:
    """The description of every JSON door."""
    return HTTPResponse(request.app.ctx.openapi, content_type="application/json")


@blueprint.get("/docs")
async def show(_: Request) -> HTTPResponse:
    """The description to read and try."""
    return answer_html(_PAGE, headers={"Content-Security-Policy": _POLICY})


@blueprint.get("/docs/<name:str>")
async def serve_asset(_: Request, name: str) -> HTTPResponse:
    """The page's script and style sheet, from our own machine."""
    if name == "start.js":
        return HTTPResponse(_START, content_type=_TYPES[".js"])
    path = ASSETS.get(name)
    if path is None or not name.startswith("swagger-ui."):
        raise NotFound
    try:
        content = await asyncio.to_thread(path.read_bytes)
    except FileNotFoundError:
        raise NotFound from None
    return HTTPResponse(content, content_type=_TYPES[path.suffix], headers={"Cache-Control": "max-age=86400"})
