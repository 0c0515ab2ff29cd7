"""From the platform's message to what the assistant hears."""

import re
from dataclasses import replace

from backend.bots.heard import Heard
from backend.gateways.wechat import receipts
from backend.gateways.wechat.inbound import InboundMessage
from config.menus import menu

_SPOKEN = frozenset({"text", "voice"})
_WEB = re.compile(r"(?:https?://|www\.)\S+")
_UNSHOWN = "不支持的消息类型"  # the platform's own words in place of a sticker it cannot pass on


def hear(message: InboundMessage) -> Heard | None:
    """What the person said or did; None for an event that waits for no answer."""
    if message.event is None:
        return _said(message)
    scene = receipts.scene(message)
    if message.event == "subscribe" or scene is not None:
        return _heard(message, scene=scene or "")
    if message.event == "click":
        words = menu().words_of(message.event_key)
        return _heard(message, text=words) if words else None
    return None


def _said(message: InboundMessage) -> Heard:
    if message.kind == "text" and _WEB.fullmatch(message.text.strip()):
        return replace(_heard(message), kind="link", label=message.text.strip()[:200])  # pasted, not said
    spoken = message.kind in _SPOKEN and _UNSHOWN not in message.text
    return _heard(message, text=message.text if spoken else "")


def _heard(message: InboundMessage, *, text: str = "", scene: str = "") -> Heard:
    return Heard(
        app=message.app,
        openid=message.openid,
        key=message.key,
        kind=message.kind,
        event=message.event,
        text=text,
        menu_id=message.menu_id,
        media_id=message.media_id,
        label=message.label,
        scene=scene,
    )
