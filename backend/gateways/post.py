"""Channels to people, in our words: what is carried, and the doors that carry it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol

Channel = Literal[
    "template", "subscribe", "subscribe_notice", "customer_service", "program_service", "wecom", "sms"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """How one person can be reached; None where they cannot. A notice they subscribed to needs no follower."""

    official_openid: str | None = None
    notice_openid: str | None = None
    mini_program_openid: str | None = None
    wecom_user_id: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """One message on its way. `id` is the platform's de-duplication key where it has one; `link` is a path of ours.

    `at` is when what it tells happened (the regulation's time, UTC).
    """

    id: str
    template: str
    title: str
    body: str
    brief: str
    link: str
    facts: Mapping[str, str]
    at: datetime
    to: Addresses
    emergency: bool


Sender = Callable[[Parcel], Awaitable[str | None]]
"""Hands one parcel to one channel and returns the platform's id of it; raises a refusal of `wechat.refusals`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """How many messages may be sent now; the first of the others waits for `wait`, each further one `gap` more."""

    granted: int
    wait: timedelta = timedelta(0)
    gap: timedelta = timedelta(0)


class Pace(Protocol):
    """Keeps what all processes send together within the platform's limits."""

    async def take(self, channel: Channel, count: int, *, urgent: bool) -> Turns:
        """Asks for so many sends; what is urgent counts but never waits."""
        ...

    async def hold(self, channel: Channel, span: timedelta) -> None:
        """The platform wants a pause: nobody asks it before `span` is over, but in an emergency."""
        ...


PostOffice = Mapping[Channel, Sender]
"""The channels this process can use."""
