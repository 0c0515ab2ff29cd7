"""What events tell us: whether a message arrived, what a person allowed, where they scanned."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from backend.gateways.wechat.bodies import as_list, as_text
from backend.gateways.wechat.inbound import InboundMessage

_DIGITS = re.compile(r"\d+")
_SCENE_PREFIX = "qrscene_"
_FAILURES = {
    "user block": "user_blocked",
    "system failed": "system_failed",
    "freq limit": "frequency_limited",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateReceipt:
    """Whether a template message arrived; `reason` is "" when it did, else our word for why not."""

    openid: str
    message_id: str
    delivered: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscribeReceipt:
    """Whether a subscribe message arrived; `error_code` is the platform's, 0 when it did."""

    openid: str
    message_id: str
    template_id: str
    delivered: bool
    error_code: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionChoice:
    """What a person chose for one kind of message: `accept` or `reject`."""

    openid: str
    template_id: str
    choice: str


def template_receipt(message: InboundMessage) -> TemplateReceipt | None:
    """The receipt of a template message, if the event is one. Whatever is not success has failed."""
    if message.event != "templatesendjobfinish":
        return None
    status = as_text(message.fields.get("Status")).lower()
    delivered = status == "success"
    failure = next((word for part, word in _FAILURES.items() if part in status), "other")
    return TemplateReceipt(
        openid=message.openid,
        message_id=as_text(message.fields.get("MsgID")),
        delivered=delivered,
        reason="" if delivered else failure,
    )


def subscribe_receipts(message: InboundMessage) -> tuple[SubscribeReceipt, ...]:
    """The receipts of subscribe messages, if the event brings any."""
    if message.event != "subscribe_msg_sent_event":
        return ()
    return tuple(
        _subscribe_receipt(message.openid, entry) for entry in _entries(message, "SubscribeMsgSentEvent")
    )


def subscription_choices(message: InboundMessage) -> tuple[SubscriptionChoice, ...]:
    """What the person allowed or refused in the pop-up, or changed in their settings."""
    wrappers = {
        "subscribe_msg_popup_event": "SubscribeMsgPopupEvent",
        "subscribe_msg_change_event": "SubscribeMsgChangeEvent",
    }
    if message.event not in wrappers:
        return ()
    return tuple(
        SubscriptionChoice(
            openid=message.openid,
            template_id=as_text(entry.get("TemplateId")),
            choice=as_text(entry.get("SubscribeStatusString")).lower(),
        )
        for entry in _entries(message, wrappers[message.event])
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """Somebody takes back what they gave through one app: everything, or what these codes of the platform name."""

    app: str
    openid: str
    event: str
    everything: bool
    codes: tuple[str, ...]


def withdrawal(message: InboundMessage) -> Withdrawal | None:
    """What the person withdrew, if the event says so; several codes come in one field."""
    if message.event not in {"user_authorization_revoke", "user_authorization_cancellation"}:
        return None
    return Withdrawal(
        app=message.app,
        openid=message.openid,
        event=message.event,
        everything=message.event == "user_authorization_cancellation",
        codes=tuple(_DIGITS.findall(as_text(message.fields.get("RevokeInfo")))),
    )


def scene(message: InboundMessage) -> str | None:
    """The scene of the QR code that was scanned, by a new follower or an old one."""
    if message.event == "subscribe" and message.event_key.startswith(_SCENE_PREFIX):
        return message.event_key.removeprefix(_SCENE_PREFIX) or None
    if message.event == "scan":
        return message.event_key.removeprefix(_SCENE_PREFIX) or None
    return None


def _subscribe_receipt(openid: str, entry: Mapping[str, Any]) -> SubscribeReceipt:
    code = as_text(entry.get("ErrorCode")) or "0"
    status = as_text(entry.get("ErrorStatus"))
    delivered = code == "0" and status.lower() in {"", "success"}
    return SubscribeReceipt(
        openid=openid,
        message_id=as_text(entry.get("MsgID")) or as_text(entry.get("MsgId")),
        template_id=as_text(entry.get("TemplateId")),
        delivered=delivered,
        error_code=int(code) if code.lstrip("-").isdecimal() else -1,
        reason="" if delivered else status,
    )


def _entries(message: InboundMessage, wrapper: str) -> tuple[Mapping[str, Any], ...]:
    """`List` comes inside a wrapper in XML and without one in JSON, as one entry or as several."""
    wrapped = message.fields.get(wrapper)
    inside = wrapped if isinstance(wrapped, dict) else message.fields
    return as_list(inside.get("List"))
