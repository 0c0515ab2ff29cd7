"""Both callbacks of the platform: verified, read, answered within its five seconds."""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import text as answer_text

from backend import clock
from backend.bots.heard import Heard
from backend.bots.safety import Danger
from backend.bots.understanding.model import Model
from backend.bots.vigilance import watch
from backend.gateways.wechat import codec
from backend.gateways.wechat.codec import Account, BodyTooLarge, BodyUnreadable, SignatureRejected
from backend.gateways.wechat.inbound import AppName, InboundMessage
from backend.gateways.wechat.replies import Reply, TextReply
from backend.handlers.problems import problem
from backend.handlers.services import services_of
from backend.handlers.wechat import events
from backend.handlers.wechat.alarms import Alarms
from backend.handlers.wechat.chat import PATIENCE, Chat
from backend.handlers.wechat.hearing import hear
from config.settings import Settings

blueprint = Blueprint("wechat", url_prefix="/wechat")

_LEAST_PATIENCE = 0.5  # seconds, however long the request waited before it came here


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Who answers in this process."""

    chat: Chat
    alarms: Alarms


@blueprint.get("/official-account", name="verify_account")
async def verify_account(request: Request) -> HTTPResponse:
    """The platform tries the account's address."""
    return _verify(request, _official_account)


@blueprint.get("/mini-program", name="verify_program")
async def verify_program(request: Request) -> HTTPResponse:
    """The platform tries the mini-program's address."""
    return _verify(request, _mini_program)


@blueprint.post("/official-account", name="from_account")
async def from_account(request: Request) -> HTTPResponse:
    """A message or event of the account."""
    return await _take(request, "official_account", _official_account)


@blueprint.post("/mini-program", name="from_program")
async def from_program(request: Request) -> HTTPResponse:
    """A message or event of the mini-program."""
    return await _take(request, "mini_program", _mini_program)


def _verify(request: Request, account_of: Callable[[Settings], Account]) -> HTTPResponse:
    account = account_of(services_of(request).settings)
    try:
        return answer_text(codec.verify_url(account, _query(request), now=clock.real_now()))
    except (SignatureRejected, BodyUnreadable) as refusal:
        return _refuse(refusal)


async def _take(request: Request, app: AppName, account_of: Callable[[Settings], Account]) -> HTTPResponse:
    account = account_of(services_of(request).settings)
    try:
        message = codec.open_callback(
            account, app=app, query=_query(request), body=request.body, now=clock.real_now()
        )
    except (SignatureRejected, BodyUnreadable, BodyTooLarge) as refusal:
        return _refuse(refusal)
    reply = await _answer(request, message)
    sealed = codec.seal_reply(account, reply, message, now=clock.real_now(), nonce=secrets.token_hex(8))
    return HTTPResponse(sealed, content_type="text/plain" if reply is None else "application/xml")


async def _answer(request: Request, message: InboundMessage) -> Reply | None:
    heard = hear(message)
    if heard is None:
        await events.take(message)
        return None
    text = await _say(request, heard)
    return TextReply(text=text) if text else None


async def _say(request: Request, heard: Heard) -> str | None:
    """Danger comes before anything that can fail."""
    desk: Desk = request.app.ctx.desk
    danger = _danger_in(heard, desk.chat.learned)
    if danger is not None:
        return await desk.alarms.answer(heard, danger)
    waited = time.perf_counter() - request.ctx.began
    return await desk.chat.answer(heard, patience=max(PATIENCE - waited, _LEAST_PATIENCE))


def _danger_in(heard: Heard, model: Model | None) -> Danger | None:
    """The danger in what was said; the name of a place that was sent is only asked about, it may just be called so."""
    if heard.kind != "location":
        return watch(heard.text, model)
    named = watch(heard.label, None)
    return replace(named, certain=False) if named else None


def _refuse(refusal: Exception) -> HTTPResponse:
    if isinstance(refusal, SignatureRejected):
        return problem("forbidden")
    return problem("too_large" if isinstance(refusal, BodyTooLarge) else "bad_request")


def _query(request: Request) -> dict[str, str]:
    return {name: values[-1] for name, values in request.args.items()}


def _official_account(settings: Settings) -> Account:
    return _account(settings.wechat_oa_appid, settings.wechat_oa_token, settings.wechat_oa_aes_key)


def _mini_program(settings: Settings) -> Account:
    return _account(settings.wechat_mp_appid, settings.wechat_mp_token, settings.wechat_mp_aes_key)


@lru_cache(maxsize=8)  # a process has two; to make one for each message cost 10 µs
def _account(appid: str, token: str, aes_key: str) -> Account:
    return Account(appid=appid, token=token, aes_key=aes_key)
