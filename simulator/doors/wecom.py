"""WeCom application messages to staff."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import orjson

from simulator.doors.door import WECOM, Call, Door, ok
from simulator.errors import PlatformError
from simulator.memory.people import Person
from simulator.memory.phones import Content
from simulator.world import World

_USUAL_INTERVAL = 1800
_LONGEST_INTERVAL = 14400


def send(world: World, call: Call) -> dict[str, Any]:
    """`invaliduser` names whom it did not reach; only when it reached nobody is it an error (81013)."""
    if int(call.body.get("agentid") or 0) != world.settings.agent_id:
        raise PlatformError(40056)
    kind = call.text("msgtype")
    inner = call.body.get(kind)
    if not isinstance(inner, Mapping) or kind not in ("text", "markdown", "textcard", "template_card"):
        raise PlatformError(40008)
    number = str(next(world.numbers))
    content = _content(kind, inner, number)
    wanted = [name for name in call.text("touser").split("|") if name]
    members = {name: member for name in wanted if (member := _member(world, name))}
    if not members:
        raise PlatformError(81013)
    for name, member in members.items():
        if not _is_repeat(world, call, name, kind):
            world.phones.put(member.key, content, now=call.now)
    strangers = "|".join(name for name in wanted if name not in members)
    return ok(invaliduser=strangers, invalidparty="", invalidtag="", unlicenseduser="", msgid=number)


def _member(world: World, name: str) -> Person | None:
    person = world.people.find(name)
    return person if person and person.wecom_user_id == name else None


def _is_repeat(world: World, call: Call, name: str, kind: str) -> bool:
    """The same words to the same member within the interval are not shown again."""
    if not call.body.get("enable_duplicate_check"):
        return False
    words = orjson.dumps(call.body[kind], option=orjson.OPT_SORT_KEYS).decode()
    key = ("wecom", name, kind, words)
    if world.once.find(*key, now=call.now):
        return True
    interval = min(int(call.body.get("duplicate_check_interval") or _USUAL_INTERVAL), _LONGEST_INTERVAL)
    world.once.keep(*key, msgid="sent", life=timedelta(seconds=interval), now=call.now)
    return False


def _content(kind: str, inner: Mapping[str, Any], number: str) -> Content:
    if kind in ("text", "markdown"):
        text = str(inner.get("content") or "")
    else:
        title = inner.get("title") or (inner.get("main_title") or {}).get("title") or ""
        body = inner.get("description") or (inner.get("main_title") or {}).get("desc") or ""
        text = f"{title}\n{body}".strip()
    if not text:
        raise PlatformError(44004)
    url = str(inner.get("url") or (inner.get("card_action") or {}).get("url") or "")
    return Content(channel="wecom", kind=kind, text=text, url=url, msgid=number, detail=dict(inner))


DOORS = (Door(path="/cgi-bin/message/send", serve=send, wants=WECOM),)
