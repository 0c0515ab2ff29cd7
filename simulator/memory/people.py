"""The persons who hold the simulated phones."""

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from simulator.settings import Kind

_DEMO = Path(__file__).parent.parent / "data" / "people.json"


@dataclass(slots=True, kw_only=True)
class Person:
    """One human: an openid per app, one unionid over them, and a phone number."""

    key: str
    name: str
    role: str  # "customer", or the name of a staff role
    phone: str
    unionid: str
    openids: dict[Kind, str]
    wecom_user_id: str | None = None
    follows: bool = False
    refuses: bool = (
        False  # does not want messages: template receipts say so, customer-service sends get 48002
    )
    tags: set[int] = field(default_factory=set)
    entered_by: str = ""  # the scene this person last scanned

    def view(self) -> dict[str, Any]:
        """What the control API tells about this person."""
        return {
            "key": self.key,
            "name": self.name,
            "role": self.role,
            "phone": self.phone,
            "unionid": self.unionid,
            "oa_openid": self.openids[Kind.OFFICIAL_ACCOUNT],
            "mp_openid": self.openids[Kind.MINI_PROGRAM],
            "wecom_user_id": self.wecom_user_id,
            "follows": self.follows,
            "refuses": self.refuses,
        }


class People:
    """Everyone, found by key, openid, unionid or WeCom user id."""

    def __init__(self) -> None:
        self._known: dict[str, Person] = {}
        self._by_any: dict[str, Person] = {}

    def add(self, wanted: dict[str, Any]) -> Person:
        """A new person; identities not given are derived from the key, so they survive a restart."""
        key = str(wanted.get("key") or f"user-{len(self._known) + 1}")
        if key in self._known:
            raise ValueError(f"{key} is already there")
        person = Person(
            key=key,
            name=str(wanted.get("name") or key),
            role=str(wanted.get("role") or "customer"),
            phone=str(wanted.get("phone") or _phone_of(key)),
            unionid=str(wanted.get("unionid") or _identity("u", key)),
            openids={
                Kind.OFFICIAL_ACCOUNT: str(wanted.get("oa_openid") or _identity("oA", key)),
                Kind.MINI_PROGRAM: str(wanted.get("mp_openid") or _identity("oM", key)),
            },
            wecom_user_id=wanted.get("wecom_user_id"),
            follows=bool(wanted.get("follows", False)),
        )
        self._known[key] = person
        names = (key, person.unionid, *person.openids.values(), person.wecom_user_id)
        self._by_any.update({name: person for name in names if name})
        return person

    def everyone(self) -> list[Person]:
        """In the order they came."""
        return list(self._known.values())

    def find(self, name: str) -> Person | None:
        """By key, openid, unionid or WeCom user id."""
        return self._by_any.get(name)

    def find_by_openid(self, kind: Kind, openid: str) -> Person | None:
        """Only when the openid belongs to that app: another app's openid is a stranger."""
        person = self._by_any.get(openid)
        return person if person and person.openids.get(kind) == openid else None


def demo_people() -> list[dict[str, Any]]:
    """The customer and the staff phones that are there from the start."""
    loaded: list[dict[str, Any]] = json.loads(_DEMO.read_text(encoding="utf-8"))
    return loaded


def _identity(prefix: str, key: str) -> str:
    digest = hashlib.sha256(f"{prefix}/{key}".encode()).hexdigest()
    return f"{prefix}{digest}"[:28]


def _phone_of(key: str) -> str:
    number = int(hashlib.sha256(key.encode()).hexdigest()[:12], 16)
    return f"139{number % 10**8:08d}"
