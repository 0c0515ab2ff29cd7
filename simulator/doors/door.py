"""What a door is, what it is called with and what it may answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from simulator.errors import PlatformError
from simulator.memory.media import File
from simulator.memory.people import Person
from simulator.settings import Account, Kind
from simulator.world import World

Answer = dict[str, Any] | File
OA = frozenset({Kind.OFFICIAL_ACCOUNT})
MP = frozenset({Kind.MINI_PROGRAM})
WECHAT = OA | MP
WECOM = frozenset({Kind.WECOM})


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request after its token was accepted."""

    now: datetime
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, Any] = field(default_factory=dict)
    upload: File | None = None
    account: Account | None = None

    def text(self, name: str) -> str:
        """A field of the body as text, empty when missing."""
        value = self.body.get(name)
        return "" if value is None else str(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """`wants` names the apps whose token opens it; empty means no token is asked for."""

    path: str
    serve: Callable[[World, Call], Answer]
    wants: frozenset[Kind] = frozenset()
    method: str = "POST"
    takes_upload: bool = False


def ok(**more: Any) -> dict[str, Any]:
    """The platform's success, with what this door adds."""
    return {"errcode": 0, "errmsg": "ok", **more}


def account_of(call: Call) -> Account:
    """Whose token opened the door. Raises 41001 where none was asked for."""
    if call.account is None:
        raise PlatformError(41001)
    return call.account


def receiver(world: World, account: Account, openid: Any) -> Person:
    """The person with this openid in this app. Raises 40003, also for another app's openid."""
    person = world.people.find_by_openid(account.kind, str(openid or ""))
    if person is None:
        raise PlatformError(40003)
    return person
