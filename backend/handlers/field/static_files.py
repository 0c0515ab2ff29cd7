"""Style sheets and scripts of the phone pages, from our own machine."""

import asyncio

from sanic import Blueprint, HTTPResponse, Request

from backend.handlers.field.render import STATIC
from backend.rules.errors import NotFound

routes = Blueprint("field_static", url_prefix="/m/static")

_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}


@routes.get("/<name:str>")
async def serve_static(_: Request, name: str) -> HTTPResponse:
    """One of the files the pages name."""
    path = STATIC.get(name)
    if path is None:
        raise NotFound
    try:
        content = await asyncio.to_thread(path.read_bytes)
    except FileNotFoundError:
        raise NotFound from None
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return HTTPResponse(content, content_type=_TYPES[path.suffix], headers=headers)
