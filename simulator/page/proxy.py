"""The backend's pages and API under our own address, so that phones in frames keep apart and no browser rule is in the way."""

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx
from sanic import Blueprint, HTTPResponse, Request
from sanic.response import raw, redirect

from simulator.control.basics import Wrong, answer, world_of
from simulator.settings import Settings

proxy = Blueprint("page_proxy")
PHONE_COOKIE = "sim_phone"
_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"]
_OURS = ("cgi-bin/", "sns/", "wxa/", "wxaapi/", "sim/", "ui/", "connect/")
_NOT_SENT_ON = {"host", "cookie", "connection", "content-length", "origin", "referer", "accept-encoding"}
_NOT_SENT_BACK = {
    "connection",
    "content-encoding",
    "content-length",
    "keep-alive",
    "location",
    "set-cookie",
    "transfer-encoding",
    "x-frame-options",
}
_WECHAT_BROWSER = "MicroMessenger/8.0.56"  # how pages know that they are inside WeChat and may use its login
_LOGIN_PATH = "/connect/oauth2/authorize"


@proxy.get("/phone/open")
async def open_link(request: Request) -> HTTPResponse:
    """A link tapped on the phone of `as`: the backend's own pages come through the proxy, others are left alone."""
    person, url = request.args.get("as") or "", request.args.get("url") or "/"
    response = redirect(localised(url, world_of(request).settings))
    response.add_cookie(PHONE_COOKIE, person, path="/", secure=False, samesite="Lax")
    return response


async def forward(request: Request, path: str) -> HTTPResponse:
    """With the cookies of the phone that asks; a bearer token stands for itself and brings none."""
    if path.startswith(_OURS):
        return answer({"errcode": 40066, "errmsg": "invalid url"}, 404)
    world = world_of(request)
    has_token = "authorization" in request.headers
    phone = "" if has_token else request.cookies.get(PHONE_COOKIE) or ""
    http: httpx.AsyncClient = world.browsers.of(phone)
    try:
        response = await http.request(
            request.method,
            request.raw_url.decode(),
            content=request.body,
            headers=_headers(request.headers, world.settings),
        )
    except httpx.HTTPError as error:
        raise Wrong(f"the backend does not answer: {type(error).__name__}", status_code=502) from error
    headers = {
        name: _framed(name, value)
        for name, value in response.headers.items()
        if name.lower() not in _NOT_SENT_BACK
    }
    if "location" in response.headers:
        headers["Location"] = localised(response.headers["location"], world.settings)
    return raw(response.content, status=response.status_code, headers=headers)


proxy.add_route(forward, "/<path:path>", methods=_METHODS)


def localised(url: str, settings: Settings) -> str:
    """An address of the backend, or of the platform's web login, as a path under our own root."""
    parts = urlsplit(url)
    path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    if parts.path == _LOGIN_PATH:
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        query["redirect_uri"] = localised(query.get("redirect_uri", ""), settings)
        return f"{_LOGIN_PATH}?{urlencode(query)}"
    ours = (settings.backend_url, settings.public_base_url, settings.root)
    return path if not parts.netloc or _same_server(url, ours) else url


def _same_server(url: str, servers: tuple[str, ...]) -> bool:
    place = urlsplit(url.replace("//localhost", "//127.0.0.1", 1)).netloc
    return any(
        urlsplit(server.replace("//localhost", "//127.0.0.1", 1)).netloc == place for server in servers
    )


def _headers(received: Mapping[str, str], settings: Settings) -> dict[str, str]:
    headers = {name: value for name, value in received.items() if name.lower() not in _NOT_SENT_ON}
    headers["user-agent"] = f"{received.get('user-agent', '')} {_WECHAT_BROWSER}".strip()
    if "origin" in received:
        headers["origin"] = settings.public_base_url
    return headers


def _framed(name: str, value: str) -> str:
    """A policy against frames would keep the page out of the phone."""
    if name.lower() != "content-security-policy":
        return value
    return ";".join(part for part in value.split(";") if "frame-ancestors" not in part)
