"""One message or event from a customer, in our words."""

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

from backend.gateways.wechat.bodies import BodyUnreadable, as_text

AppName = Literal["official_account", "mini_program"]

# In these the sender is the platform itself; the person is named apart.
_ABOUT_A_PERSON = frozenset(
    {"user_info_modified", "user_authorization_revoke", "user_authorization_cancellation"}
)
_LONGEST_ID = 128


@dataclass(frozen=True, slots=True, kw_only=True)
class InboundMessage:
    """What a person did in the chat or the platform tells us about, whichever form it came in.

    `key` is the same for a repeat and for nothing else. `account_id` is the account written to, `sent_at` in UTC.
    `text` holds what was typed, or the platform's transcript of a voice. Absent texts are empty, absent places None.
    `fields` is everything as it came, for the record; it may hold personal data and stays out of logs.
    """

    app: AppName
    openid: str
    account_id: str
    sender: str
    key: str
    kind: str
    event: str | None
    event_key: str
    text: str = field(repr=False)
    menu_id: str
    media_id: str
    latitude: float | None
    longitude: float | None
    label: str
    url: str
    title: str
    sent_at: datetime
    encrypted: bool
    fields: Mapping[str, Any] = field(repr=False)


def read_message(
    app: AppName, fields: Mapping[str, Any], *, body: bytes, encrypted: bool, now: datetime
) -> InboundMessage:
    """The message in these fields; `body` is what was signed or decrypted. Raises BodyUnreadable."""
    word = {name: as_text(value) for name, value in fields.items()}.get
    sender, kind = word("FromUserName", ""), word("MsgType", "").lower()
    if not sender or not kind or max(len(sender), len(kind), len(word("MsgId", ""))) > _LONGEST_ID:
        raise BodyUnreadable("without a sender or a type")
    event = word("Event", "").lower() if kind == "event" else None
    return InboundMessage(
        app=app,
        openid=(word("OpenID") if event in _ABOUT_A_PERSON else None) or sender,
        account_id=word("ToUserName", ""),
        sender=sender,
        key=_key(app, sender, kind, word("MsgId", ""), word("CreateTime", ""), body),
        kind=kind,
        event=event,
        event_key=word("EventKey", ""),
        text=word("Content") or word("Recognition", ""),
        menu_id=word("bizmsgmenuid", ""),
        media_id=word("MediaId", ""),
        latitude=_degrees(word("Location_X") or word("Latitude"), limit=90),
        longitude=_degrees(word("Location_Y") or word("Longitude"), limit=180),
        label=word("Label", ""),
        url=word("Url") or word("PicUrl", ""),
        title=word("Title", ""),
        sent_at=_moment(word("CreateTime", ""), now=now),
        encrypted=encrypted,
        fields=fields,
    )


def _key(app: AppName, sender: str, kind: str, message_id: str, created: str, body: bytes) -> str:
    """A MsgId alone has been seen to repeat across people, and a second can bring several events."""
    if message_id and kind != "event":
        return f"{app}:{sender}:{message_id}"
    return f"{app}:{sender}:{created[:20]}:{hashlib.sha256(body).hexdigest()[:32]}"


def _moment(created: str, *, now: datetime) -> datetime:
    """The platform's second in UTC; a missing or senseless one must not cost a person their answer."""
    try:
        return datetime.fromtimestamp(int(created), tz=UTC)
    except (ValueError, OverflowError, OSError):
        return now.astimezone(UTC)


def _degrees(value: str | None, *, limit: int) -> float | None:
    try:
        degrees = float(value or "nan")
    except ValueError:
        return None
    return degrees if math.isfinite(degrees) and abs(degrees) <= limit else None
