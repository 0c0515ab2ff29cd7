"""The mini-program's own doors: login, phone number, codes and links."""

import re
import secrets
from datetime import timedelta
from typing import Any

from simulator.doors.door import MP, Call, Door, ok
from simulator.errors import PlatformError
from simulator.memory.codes import Purpose
from simulator.memory.media import File
from simulator.memory.scenes import picture
from simulator.settings import Kind
from simulator.world import World

_SCENE = re.compile(r"[0-9A-Za-z!#$&'()*+,/:;=?@\-._~]{1,32}")
_LONGEST_LINK = timedelta(days=30)


def session(world: World, call: Call) -> dict[str, Any]:
    """GET /sns/jscode2session. Raises 40013, 40125, 41008, 40002, 40029 or 40163."""
    account = world.account(Kind.MINI_PROGRAM)
    if call.query.get("appid") != account.app_id:
        raise PlatformError(40013)
    if call.query.get("secret") != account.secret:
        raise PlatformError(40125)
    if call.query.get("grant_type") != "authorization_code":
        raise PlatformError(40002)
    code = call.query.get("js_code")
    if not code:
        raise PlatformError(41008)
    person, _ = world.codes.spend(code, Purpose.LOGIN, now=call.now)
    key = secrets.token_urlsafe(16)
    return {"session_key": f"{key}==", "openid": person.openids[account.kind], "unionid": person.unionid}


def phone_number(world: World, call: Call) -> dict[str, Any]:
    """POST /wxa/business/getuserphonenumber. Raises 40029 for an unknown, old or used code."""
    person, _ = world.codes.spend(call.text("code"), Purpose.PHONE, now=call.now)
    watermark = {"timestamp": int(call.now.timestamp()), "appid": world.account(Kind.MINI_PROGRAM).app_id}
    return ok(
        phone_info={
            "phoneNumber": person.phone,
            "purePhoneNumber": person.phone,
            "countryCode": "86",
            "watermark": watermark,
        }
    )


def code(_world: World, call: Call) -> File:
    """POST /wxa/getwxacodeunlimit. Raises 40169 for a scene that does not fit, 41030 for a page with a slash."""
    scene, page = call.text("scene"), call.text("page")
    if not _SCENE.fullmatch(scene):
        raise PlatformError(40169)
    if page.startswith("/"):
        raise PlatformError(41030)
    return File(content=picture(f"wxacode:{page}?scene={scene}"), content_type="image/png")


def url_link(world: World, call: Call) -> dict[str, Any]:
    """POST /wxa/generate_urllink. Raises 85079 for a life of more than thirty days."""
    days = call.body.get("expire_interval")
    ends = call.body.get("expire_time")
    if days is not None and not 1 <= int(days) <= _LONGEST_LINK.days:
        raise PlatformError(85079)
    if ends is not None and int(ends) > (call.now + _LONGEST_LINK).timestamp():
        raise PlatformError(85079)
    target = f"{call.text('path')}?{call.text('query')}"
    return ok(url_link=f"{world.settings.root}/urllink/{world.links.keep(target)}")


DOORS = (
    Door(path="/sns/jscode2session", serve=session, method="GET"),
    Door(path="/wxa/business/getuserphonenumber", serve=phone_number, wants=MP),
    Door(path="/wxa/getwxacodeunlimit", serve=code, wants=MP),
    Door(path="/wxa/generate_urllink", serve=url_link, wants=MP),
)
