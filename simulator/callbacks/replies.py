"""What the backend answered to a callback → what the person sees."""

from collections.abc import Callable, Mapping
from typing import Any

from simulator.callbacks.envelope import Mode, seal_of
from simulator.memory.phones import Content
from simulator.seal import BrokenSeal
from simulator.settings import Account
from simulator.xml import from_xml

UNAVAILABLE = "该公众号暂时无法提供服务，请稍后再试"
_LONGEST_TEXT = 2048  # bytes


class BadReply(Exception):
    """An answer that is neither silence nor a valid reply: the person reads the notice."""


def read_reply(raw: bytes, *, account: Account, mode: Mode, openid: str) -> Content | None:
    """The bubble to show, None for silence. Raises BadReply."""
    if raw.strip() in (b"", b"success"):
        return None
    fields = _opened(_parsed(raw), account=account, mode=mode)
    if fields.get("ToUserName") != openid or fields.get("FromUserName") != account.original_id:
        raise BadReply("addressed to or from somebody else")
    kind = str(fields.get("MsgType", ""))
    if kind == "transfer_customer_service":
        return None
    show = _SHOWN.get(kind)
    if show is None:
        raise BadReply(f"MsgType {kind}")
    return show(kind, fields)


def _parsed(raw: bytes) -> dict[str, Any]:
    try:
        return from_xml(raw)
    except ValueError as error:
        raise BadReply("not XML") from error


def _opened(fields: dict[str, Any], *, account: Account, mode: Mode) -> dict[str, Any]:
    encrypted = fields.get("Encrypt")
    if not encrypted:
        if mode is Mode.SAFE:
            raise BadReply("not encrypted in safe mode")
        return fields
    if mode is Mode.PLAIN:
        raise BadReply("encrypted in plain mode")
    seal = seal_of(account)
    try:
        seal.check_reply(
            encrypted=encrypted,
            signature=str(fields.get("MsgSignature", "")),
            timestamp=str(fields.get("TimeStamp", "")),
            nonce=str(fields.get("Nonce", "")),
        )
        return _parsed(seal.open(encrypted))
    except BrokenSeal as error:
        raise BadReply(f"seal: {error}") from error


def _text(kind: str, fields: Mapping[str, Any]) -> Content:
    content = str(fields.get("Content") or "")
    if not content or len(content.encode()) > _LONGEST_TEXT:
        raise BadReply("text is empty or over 2048 bytes")
    return Content(channel="reply", kind=kind, text=content)


def _media(kind: str, fields: Mapping[str, Any]) -> Content:
    inner = fields.get(kind.capitalize())
    if not isinstance(inner, Mapping) or not (inner.get("MediaId") or kind == "music"):
        raise BadReply(f"{kind} without MediaId")
    text = str(inner.get("Title") or f"[{kind}]")
    return Content(channel="reply", kind=kind, text=text, detail=dict(inner))


def _news(kind: str, fields: Mapping[str, Any]) -> Content:
    articles = fields.get("Articles")
    item = articles.get("item") if isinstance(articles, Mapping) else None
    first = item[0] if isinstance(item, list) else item
    if not isinstance(first, Mapping) or not first.get("Url"):
        raise BadReply("news without an article")
    text = f"{first.get('Title', '')}\n{first.get('Description', '')}".strip()
    return Content(channel="reply", kind=kind, text=text, url=str(first["Url"]), detail=dict(first))


_SHOWN: Mapping[str, Callable[[str, Mapping[str, Any]], Content]] = {
    "text": _text,
    "image": _media,
    "voice": _media,
    "video": _media,
    "music": _media,
    "news": _news,
}
