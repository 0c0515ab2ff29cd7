"""Style sheets and scripts of all pages, from our own machine."""

import asyncio

from sanic import Blueprint, HTTPResponse, Request

from backend.handlers.pages.assets import FILES, packed
from backend.rules.errors import NotFound

routes = Blueprint("static_files", url_prefix="/static")

_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
_FOR_EVER = "public, max-age=31536000, immutable"


@routes.get("/<digest:str>/<name:str>")
async def serve_static(request: Request, digest: str, name: str) -> HTTPResponse:
    """One of the files the pages name; under an older digest, as during an update, the newest and not to be kept."""
    if name not in FILES:
        raise NotFound
    try:
        file = await asyncio.to_thread(packed, name)
    except FileNotFoundError:
        raise NotFound from None
    headers = {
        "Cache-Control": _FOR_EVER if digest == file.digest else "no-cache",
        "Vary": "Accept-Encoding",
    }
    content = file.plain
    if "gzip" in request.headers.get("accept-encoding", ""):
        content, headers["Content-Encoding"] = file.gzipped, "gzip"
    return HTTPResponse(content, headers=headers, content_type=_TYPES[FILES[name].suffix])
