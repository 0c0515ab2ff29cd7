"""create_app: the platform's doors, the control API and the page, around one world."""

from collections.abc import Callable, Coroutine
from types import SimpleNamespace
from typing import Any

from sanic import HTTPResponse, Request, Sanic
from sanic.config import Config
from sanic.exceptions import SanicException

from simulator.control.acts import acts
from simulator.control.basics import answer
from simulator.control.inbox import inbox
from simulator.control.live import live
from simulator.control.people import people
from simulator.control.platform import platform
from simulator.doors import (
    custom,
    media,
    menu,
    mini_program,
    oauth,
    qrcode,
    subscribe,
    template,
    token,
    user,
    wecom,
)
from simulator.doors.door import Door
from simulator.doors.serving import serve
from simulator.page.demo_staff import bind_when_ready
from simulator.page.pages import STATIC, pages
from simulator.page.proxy import proxy
from simulator.settings import Settings
from simulator.world import World, build_world

DOORS: tuple[Door, ...] = tuple(
    door
    for family in (custom, media, menu, mini_program, oauth, qrcode, subscribe, template, token, user, wecom)
    for door in family.DOORS
)
App = Sanic[Config, SimpleNamespace]
_LONGEST_ANSWER_SECONDS = 24 * 3600  # a live page, a slow fault: no answer is too late here


def create_app(settings: Settings) -> App:
    """One process, one event loop; the world lives and dies with it."""
    app: App = Sanic("simulator", configure_logging=True)
    app.config.RESPONSE_TIMEOUT = _LONGEST_ANSWER_SECONDS
    app.config.ACCESS_LOG = False
    app.config.GRACEFUL_SHUTDOWN_TIMEOUT = 1.0  # an open page would otherwise hold up Ctrl-C for 15 s
    app.config.AUTO_EXTEND = False
    app.config.FALLBACK_ERROR_FORMAT = "json"
    for door in DOORS:
        app.add_route(
            _handler(door), door.path, methods=["GET", "POST"], name=door.path.strip("/").replace("/", "_")
        )
    app.blueprint([people, acts, inbox, platform, live, pages, proxy])
    app.static("/ui", STATIC, name="ui")
    app.exception(SanicException)(_tell_caller)
    _live_with(app, settings)
    return app


def _handler(door: Door) -> Callable[[Request], Coroutine[Any, Any, HTTPResponse]]:
    async def handle(request: Request) -> HTTPResponse:
        world: World = request.app.ctx.world
        return await serve(world, door, request)

    return handle


async def _tell_caller(_request: Request, error: SanicException) -> HTTPResponse:
    return answer({"detail": str(error)}, error.status_code)


def _live_with(app: App, settings: Settings) -> None:
    async def start(_app: App) -> None:
        app.ctx.world = build_world(settings)
        app.ctx.world.receipts.start()
        if settings.bind_demo_staff:
            app.add_task(bind_when_ready(app.ctx.world), name="bind_demo_staff")

    async def stop(_app: App) -> None:
        await app.ctx.world.receipts.stop()
        app.ctx.world.delivery.close()
        await app.ctx.world.browsers.close()

    app.register_listener(start, "before_server_start")
    app.register_listener(stop, "after_server_stop")
