"""Codes that serve once within five minutes: wx.login, getPhoneNumber, web login."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from simulator.errors import PlatformError
from simulator.memory.people import Person

LIFE = timedelta(minutes=5)


class Purpose(StrEnum):
    LOGIN = "login"
    PHONE = "phone"
    WEB = "web"
    WEB_USERINFO = "web_userinfo"  # web login that may also see the unionid


@dataclass(slots=True, kw_only=True)
class _Code:
    person: Person
    purpose: Purpose
    ends: datetime
    used: bool = False


class Codes:
    def __init__(self) -> None:
        self._known: dict[str, _Code] = {}

    def issue(self, person: Person, purpose: Purpose, *, now: datetime) -> str:
        """A fresh code for this person and purpose."""
        value = f"0{secrets.token_hex(16)}"[:32]
        self._known[value] = _Code(person=person, purpose=purpose, ends=now + LIFE)
        return value

    def spend(self, value: str, *purposes: Purpose, now: datetime) -> tuple[Person, Purpose]:
        """Whose code it was. Raises 40029 when unknown, foreign or too old; 40163 when used (40029 for a phone code)."""
        code = self._known.get(value)
        if code is None or code.purpose not in purposes or now >= code.ends:
            raise PlatformError(40029)
        if code.used:
            raise PlatformError(40029 if code.purpose is Purpose.PHONE else 40163)
        code.used = True
        return code.person, code.purpose
