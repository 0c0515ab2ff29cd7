"""Server-sent events for open pages."""

import asyncio

from sanic import Blueprint, Request

from simulator.control.basics import world_of

live = Blueprint("control_live", url_prefix="/sim")
_PULSE_SECONDS = 15


@live.get("/live")
async def stream(request: Request) -> None:
    """One JSON object per event: `type` message, person, call, faults, menu, typing or reset."""
    news = world_of(request).live
    response = await request.respond(
        content_type="text/event-stream", headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    )
    page = news.join()
    try:
        await response.send(": hello\n\n")
        while True:
            await response.send(await _next(page))
    finally:
        news.leave(page)


async def _next(page: asyncio.Queue[str]) -> str:
    try:
        async with asyncio.timeout(_PULSE_SECONDS):
            return f"data: {await page.get()}\n\n"
    except TimeoutError:
        return ": pulse\n\n"  # keeps proxies from closing a quiet stream
