"""Logging in on the phone: by WeChat through the account, or with a password."""

import hmac
import secrets

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import redirect

from backend.gateways.wechat.refusals import CodeInvalid, WeChatTrouble
from backend.handlers.field.render import page
from backend.handlers.pages import forms, session
from backend.handlers.pages.failures import sentence_of
from backend.handlers.pages.login import check_password, own_path
from backend.handlers.services import services_of
from backend.handlers.tries import counted
from backend.queries import callers
from backend.rules.errors import DomainError
from config.messages.pages import pages

routes = Blueprint("field_login", url_prefix="/m")

HOME = "/m/tasks"
_STATE = "login_state"
_STATE_LIFE = 600  # seconds


@routes.get("/")
async def show_home(_: Request) -> HTTPResponse:
    """The desk."""
    return redirect(HOME)


@routes.get("/login")
async def show_login(request: Request) -> HTTPResponse:
    """Inside WeChat straight to the account's login, elsewhere the choice."""
    after = _own_path(request.args.get("next") or "")
    if "micromessenger" in request.headers.get("user-agent", "").lower() and "stay" not in request.args:
        return _to_wechat(request, after)
    return await page("login.html", after=after, message="", login="", clear="left" in request.args)


@routes.get("/login/wechat")
async def go_to_wechat(request: Request) -> HTTPResponse:
    """To the account's login."""
    return _to_wechat(request, _own_path(request.args.get("next") or ""))


@routes.get("/login/back")
async def come_back(request: Request) -> HTTPResponse:
    """Back from the account's login, with a code that tells who is there."""
    texts = pages()["login"]
    expected, _, after = (request.cookies.get(_STATE) or "").partition(".")
    given, code = request.args.get("state") or "", request.args.get("code") or ""
    known = bool(expected) and hmac.compare_digest(expected.encode(), given.encode())
    after = _own_path(after)
    if not known or not code:
        return await page("login.html", after=after, message=texts["wechat_failed"], login="")
    services = services_of(request)
    try:
        async with counted(
            services.gateways.redis, name="oauth", address=request.client_ip, failures=(CodeInvalid,)
        ):
            openid = await services.gateways.official_account.openid_for_code(code)
    except WeChatTrouble:
        return await page("login.html", after=after, message=texts["wechat_failed"], login="")
    member = await callers.find_bound_member(openid)
    if member is None:
        return await page("login.html", after=after, message=texts["not_bound"], login="")
    response = redirect(after)
    session.begin(response, member, services.settings)
    response.delete_cookie(_STATE, path="/m")
    return response


@routes.post("/login")
async def log_in(request: Request) -> HTTPResponse:
    """With login and password."""
    after = _own_path(session.sent(request, "next"))
    login = str(forms.typed(request).get("login", ""))
    try:
        member = await check_password(request)
    except DomainError as error:
        return await page("login.html", status=401, after=after, message=sentence_of(error), login=login)
    response = redirect(after, status=303)
    session.begin(response, member, services_of(request).settings)
    return response


@routes.post("/logout")
async def log_out(request: Request) -> HTTPResponse:
    """On this phone."""
    await session.sender(request)
    response = redirect("/m/login?stay=1&left=1", status=303)
    session.end(response)
    return response


def _to_wechat(request: Request, after: str) -> HTTPResponse:
    settings, state = services_of(request).settings, secrets.token_urlsafe(16)
    back = f"{settings.public_base_url.rstrip('/')}/m/login/back"
    response = redirect(services_of(request).gateways.official_account.login_url(back, state))
    response.add_cookie(
        _STATE,
        f"{state}.{after}",
        path="/m",
        max_age=_STATE_LIFE,
        httponly=True,
        samesite="Lax",
        secure=settings.public_base_url.startswith("https://"),
    )
    return response


def _own_path(path: str) -> str:
    return own_path(path, under="/m", home=HOME)
