"""Web login: the page that picks the person, and the exchange of its code."""

import secrets
from typing import Any
from urllib.parse import urlencode

from simulator.doors.door import Call, Door
from simulator.errors import PlatformError
from simulator.memory.codes import Purpose
from simulator.memory.people import Person
from simulator.settings import Kind
from simulator.world import World


def exchange(world: World, call: Call) -> dict[str, Any]:
    """GET /sns/oauth2/access_token. Raises 40013, 40125, 40002, 41008, 40029 or 40163."""
    account = world.account(Kind.OFFICIAL_ACCOUNT)
    if call.query.get("appid") != account.app_id:
        raise PlatformError(40013)
    if call.query.get("secret") != account.secret:
        raise PlatformError(40125)
    if call.query.get("grant_type") != "authorization_code":
        raise PlatformError(40002)
    code = call.query.get("code")
    if not code:
        raise PlatformError(41008)
    person, purpose = world.codes.spend(code, Purpose.WEB, Purpose.WEB_USERINFO, now=call.now)
    answer = {
        "access_token": secrets.token_urlsafe(64),
        "expires_in": 7200,
        "refresh_token": secrets.token_urlsafe(64),
        "openid": person.openids[account.kind],
        "scope": "snsapi_userinfo" if purpose is Purpose.WEB_USERINFO else "snsapi_base",
    }
    return {**answer, "unionid": person.unionid} if purpose is Purpose.WEB_USERINFO else answer


def come_back(world: World, person: Person, query: dict[str, str]) -> str:
    """Where the browser goes once the person is known: redirect_uri with code and state. Raises 40013 or 40035."""
    if query.get("appid") != world.account(Kind.OFFICIAL_ACCOUNT).app_id:
        raise PlatformError(40013)
    target = query.get("redirect_uri", "")
    if not target or query.get("response_type") != "code":
        raise PlatformError(40035, "redirect_uri or response_type")
    scoped = query.get("scope") == "snsapi_userinfo"
    purpose = Purpose.WEB_USERINFO if scoped else Purpose.WEB
    code = world.codes.issue(person, purpose, now=world.now())
    joint = "&" if "?" in target else "?"
    return f"{target}{joint}{urlencode({'code': code, 'state': query.get('state', '')})}"


DOORS = (Door(path="/sns/oauth2/access_token", serve=exchange, method="GET"),)
