"""What the platform answers, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from backend.gateways.wechat.bodies import as_text
from backend.gateways.wechat.refusals import TryLater


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The platform took the message. `message_id` comes back in its receipt event; some messages have none.

    `missed` names those of several receivers whom it did not reach.
    """

    message_id: str | None = None
    missed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A picture, voice or code as the platform stores it."""

    content: bytes = field(repr=False)
    content_type: str
    disposition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowerInfo:
    """What the platform tells of a person: whether they follow, and who they are across our apps, if it knows."""

    subscribed: bool
    unionid: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QrCode:
    """A code to scan: `url` is what it says, `picture_url` shows it."""

    ticket: str
    url: str
    picture_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuLine:
    """One line a person can touch in a message; `id` comes back as `menu_id` with the line as text."""

    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A message template the platform has granted us; `content` holds its keys, such as {{thing1.DATA}}."""

    template_id: str
    title: str
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """Who opened the mini-program. `session_key` decrypts what the client sends and never leaves the server."""

    openid: str
    unionid: str | None
    session_key: str = field(repr=False)


def need(answer: Mapping[str, Any], name: str) -> str:
    """A field the platform promises. Raises TryLater when it is not there."""
    value = as_text(answer.get(name))
    if not value:
        raise TryLater("unreadable_answer")
    return value


def read_receipt(answer: Mapping[str, Any]) -> Receipt:
    """The receipt in the answer to a message."""
    return Receipt(message_id=as_text(answer.get("msgid")) or None)
