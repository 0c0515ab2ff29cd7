"""/wechat/…: the platform's callbacks, and what lives beside them in the same process."""

import asyncio
import gc
import logging
from collections.abc import Awaitable, Callable, Coroutine
from functools import partial
from typing import Any

from backend.bots.understanding.model import Model
from backend.bots.understanding.store import load_model
from backend.database import is_away
from backend.gateways.links import public_url
from backend.gateways.opening import Gateways
from backend.gateways.post import PostOffice
from backend.gateways.senders import LinkOf, open_post
from backend.gateways.wechat.refusals import WeChatTrouble
from backend.handlers.services import App, Services
from backend.handlers.wechat.alarms import Alarms
from backend.handlers.wechat.callbacks import Desk, blueprint
from backend.handlers.wechat.chat import Chat
from backend.handlers.wechat.rota import Rota
from config.menus import menu

__all__ = ["blueprint", "install"]

_log = logging.getLogger(__name__)
_OVERDUE_EVERY = 5.0  # seconds between two looks for late answers
_LOOK_AFTER = 10_000  # new objects between two rounds of the garbage collector, which otherwise comes after each message
_MENU_TRIES, _MENU_PAUSE = 60, 2.0
_GOODBYE = 6.0  # seconds for the turns in hand


def install(app: App) -> None:
    """Opens the desk when the server starts, after its services, and closes it before them."""
    lives: list[asyncio.Task[None]] = []

    @app.before_server_start
    async def begin(app: App) -> None:
        services: Services = app.ctx.services
        model = asyncio.ensure_future(asyncio.to_thread(_learn))
        link_of = partial(public_url, settings=services.settings)
        chat, rota = Chat(services.gateways, model, link_of), Rota()
        app.ctx.desk = Desk(chat=chat, alarms=Alarms(chat, rota, _post(services.gateways, link_of)))
        await rota.renew()
        works: list[Coroutine[Any, Any, None]] = [rota.live(), _answer_overdue(chat.answer_overdue)]
        if not services.settings.production:
            works.append(_publish_menu(services))
        lives.extend(asyncio.create_task(work) for work in works)

    @app.before_server_stop
    async def end(app: App) -> None:
        for life in lives:
            life.cancel()
        await app.ctx.desk.chat.finish(_GOODBYE)


def _learn() -> Model:
    """The model; everything made by now stays as long as the process, and the garbage collector need not visit it again."""
    model = load_model()
    gc.freeze()
    gc.set_threshold(_LOOK_AFTER)
    return model


def _post(gateways: Gateways, link_of: LinkOf) -> PostOffice:
    return open_post(
        account=gateways.official_account,
        program=gateways.mini_program,
        wecom=gateways.wecom,
        link_of=link_of,
    )


async def _answer_overdue(answer_one: Callable[[], Awaitable[bool]]) -> None:
    """Answers what a process left behind, until cancelled."""
    while True:
        await asyncio.sleep(_OVERDUE_EVERY)
        try:
            while await answer_one():
                pass
        except Exception as error:  # noqa: BLE001  the next look tries again
            if not is_away(error):
                _log.exception("a late answer failed")


async def _publish_menu(services: Services) -> None:
    """In development the platform on this machine may start after us; in production `python -m backend.menus` does it."""
    for _ in range(_MENU_TRIES):
        try:
            await services.gateways.official_account.create_menu(menu().as_platform())
        except WeChatTrouble:
            await asyncio.sleep(_MENU_PAUSE)
        else:
            return
    _log.warning("the menu could not be put in place")
