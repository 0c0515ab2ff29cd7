"""Customer-service messages, inside their windows."""

from collections.abc import Callable, Mapping
from typing import Any

from simulator.doors.door import WECHAT, Call, Door, account_of, ok, receiver
from simulator.doors.receipts import names_of
from simulator.errors import PlatformError
from simulator.memory.faults import Fault
from simulator.memory.phones import Content
from simulator.world import World


def send(world: World, call: Call) -> dict[str, Any]:
    """Raises 45015 without a window, 45047 when it is used up, 48002 when the person refuses messages."""
    account = account_of(call)
    person = receiver(world, account, call.body.get("touser"))
    kind = call.text("msgtype")
    show = _SHOWN.get(kind)
    if show is None:
        raise PlatformError(40008)
    inner = call.body.get(kind)
    if not isinstance(inner, Mapping):
        raise PlatformError(47001)
    content = show(world, call, kind, inner)
    refused = world.faults.take(call.path, frozenset({Fault.USER_REFUSED}), names_of(person))
    if refused or person.refuses:
        raise PlatformError(48002)
    world.windows.use(account.kind, person.openids[account.kind], now=call.now)
    world.phones.put(person.key, content, now=call.now)
    return ok()


def typing(world: World, call: Call) -> dict[str, Any]:
    """Shows or ends the typing mark. Raises 45080 when the person wrote nothing in 48 hours."""
    account = account_of(call)
    person = receiver(world, account, call.body.get("touser"))
    command = call.text("command")
    if command not in ("Typing", "CancelTyping"):
        raise PlatformError(40035, "command")
    world.windows.check_typing(account.kind, person.openids[account.kind], now=call.now)
    world.live.tell("typing", {"person": person.key, "on": command == "Typing"})
    return ok()


def _text(_world: World, _call: Call, kind: str, inner: Mapping[str, Any]) -> Content:
    text = str(inner.get("content") or "")
    if not text:
        raise PlatformError(44004)
    if len(text.encode()) > 2048:
        raise PlatformError(45002)
    return Content(channel="custom", kind=kind, text=text)


def _media(world: World, call: Call, kind: str, inner: Mapping[str, Any]) -> Content:
    media_id = str(inner.get("media_id") or "")
    world.media.get(media_id, app=account_of(call).kind.value, now=call.now)
    url = f"/sim/pictures/{media_id}" if kind == "image" else ""
    return Content(channel="custom", kind=kind, text=f"[{kind}]", url=url, detail=dict(inner))


def _news(_world: World, _call: Call, kind: str, inner: Mapping[str, Any]) -> Content:
    articles = inner.get("articles") or []
    if len(articles) != 1:
        raise PlatformError(45008)
    article = articles[0]
    text = f"{article.get('title', '')}\n{article.get('description', '')}".strip()
    return Content(
        channel="custom", kind=kind, text=text, url=str(article.get("url") or ""), detail=dict(article)
    )


def _menu(_world: World, _call: Call, kind: str, inner: Mapping[str, Any]) -> Content:
    lines = inner.get("list") or []
    if not lines:
        raise PlatformError(47001)
    parts = [inner.get("head_content"), *(line.get("content") for line in lines), inner.get("tail_content")]
    text = "\n".join(str(part) for part in parts if part)
    return Content(channel="custom", kind=kind, text=text, detail=dict(inner))


def _page(_world: World, _call: Call, kind: str, inner: Mapping[str, Any]) -> Content:
    page = str(inner.get("pagepath") or "")
    if not page or page.startswith("/"):
        raise PlatformError(40165)
    title = str(inner.get("title") or "小程序")
    return Content(channel="custom", kind=kind, text=title, page=page, detail=dict(inner))


_SHOWN: Mapping[str, Callable[[World, Call, str, Mapping[str, Any]], Content]] = {
    "text": _text,
    "image": _media,
    "voice": _media,
    "video": _media,
    "music": lambda _world, _call, kind, inner: Content(
        channel="custom", kind=kind, text=str(inner.get("title") or "[音乐]"), detail=dict(inner)
    ),
    "news": _news,
    "link": lambda _world, _call, kind, inner: Content(
        channel="custom", kind=kind, text=str(inner.get("title", "")), url=str(inner.get("url") or "")
    ),
    "msgmenu": _menu,
    "miniprogrampage": _page,
}

DOORS = (
    Door(path="/cgi-bin/message/custom/send", serve=send, wants=WECHAT),
    Door(path="/cgi-bin/message/custom/typing", serve=typing, wants=WECHAT),
)
