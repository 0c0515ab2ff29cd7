"""What happens round every request: the development clock, the wake-up call, the log and the measures."""

import asyncio
import logging
import time

from sanic import Request
from sanic.response import BaseHTTPResponse

from backend import clock
from backend.actions import development_clock
from backend.database import is_away
from backend.gateways import wake
from backend.handlers import measures
from backend.handlers.services import App, services_of

_log = logging.getLogger("backend.requests")
_QUESTIONS = frozenset({"GET", "HEAD", "OPTIONS"})
_bell = wake.Bell()
_PATIENCE = 1.0  # seconds for the development clock: an emergency is answered without it


def register(app: App, *, development: bool) -> None:
    """Puts them round every request of this app."""
    app.register_middleware(_begin, "request")
    if development:
        app.register_middleware(_read_clock, "request")
    app.register_middleware(_end, "response")


async def _begin(request: Request) -> None:
    request.ctx.began = time.perf_counter()


async def _read_clock(request: Request) -> None:
    """In development the regulation's time may have been moved by another process."""
    if request.path in {"/healthz", "/readyz"}:
        return
    try:
        async with asyncio.timeout(_PATIENCE):
            clock.set_ahead(await development_clock.read_ahead())
    except Exception as error:
        if not is_away(error):
            raise


async def _end(request: Request, response: BaseHTTPResponse) -> None:
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    took = time.perf_counter() - getattr(request.ctx, "began", time.perf_counter())
    route = (
        f"/{request.route.path}" if request.route else "none"
    )  # a path may hold personal data, its pattern does not
    measures.note(request.method, route, response.status, took)
    facts = {"method": request.method, "route": route, "status": response.status, "ms": round(took * 1000)}
    _log.info("answered", extra=facts)
    if request.method not in _QUESTIONS and response.status < 400:
        _bell.ring(services_of(request).gateways.redis)
