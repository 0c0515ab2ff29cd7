"""Access tokens, ordinary and stable, of every app."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from simulator.errors import PlatformError
from simulator.settings import Account

LIFE = timedelta(seconds=7200)
OVERLAP = timedelta(minutes=5)  # an old token still works this long beside its successor
FORCED_PER_DAY = 20
FORCED_APART = timedelta(seconds=30)
_TOKEN_CHARACTERS = 136


@dataclass(slots=True, kw_only=True)
class _Token:
    value: str
    account: Account
    ends: datetime


class Tokens:
    """Ordinary tokens replace each other; a stable token stays the same until it is nearly over."""

    def __init__(self) -> None:
        self._issued: dict[str, _Token] = {}
        self._ordinary: dict[str, _Token] = {}
        self._stable: dict[str, _Token] = {}
        self._forced: dict[str, list[datetime]] = {}

    def issue(self, account: Account, *, now: datetime) -> tuple[str, timedelta]:
        """A new ordinary token; the one before it ends soon after."""
        return self._replace(self._ordinary, account, now=now), LIFE

    def stable(self, account: Account, *, now: datetime, force: bool = False) -> tuple[str, timedelta]:
        """The current stable token and its rest, never under five minutes. Raises 45009 or 45011 when forced too often."""
        current = self._stable.get(account.app_id)
        if force:
            self._check_forced(account.app_id, now=now)
            if current:
                self._issued.pop(current.value, None)
        elif current and current.ends - now > OVERLAP and current.value in self._issued:
            return current.value, current.ends - now
        return self._replace(self._stable, account, now=now), LIFE

    def check(self, value: str | None, *, now: datetime) -> Account:
        """Whose token this is. Raises 41001, 40014, 42001 or 40001."""
        if not value:
            raise PlatformError(41001)
        if len(value) < _TOKEN_CHARACTERS:
            raise PlatformError(40014)
        token = self._issued.get(value)
        if token is None:
            raise PlatformError(40001)
        if now >= token.ends:
            raise PlatformError(42001)
        return token.account

    def revoke(self) -> None:
        """Make every token issued so far invalid, as a leak or a second fetcher does."""
        self._issued.clear()

    def _replace(self, current: dict[str, _Token], account: Account, *, now: datetime) -> str:
        before = current.get(account.app_id)
        if before:
            before.ends = min(before.ends, now + OVERLAP)
        token = _Token(
            value=secrets.token_urlsafe(_TOKEN_CHARACTERS)[:_TOKEN_CHARACTERS],
            account=account,
            ends=now + LIFE,
        )
        current[account.app_id] = token
        self._issued[token.value] = token
        return token.value

    def _check_forced(self, app_id: str, *, now: datetime) -> None:
        today = [at for at in self._forced.get(app_id, []) if now - at < timedelta(days=1)]
        if len(today) >= FORCED_PER_DAY:
            raise PlatformError(45009)
        if today and now - today[-1] < FORCED_APART:
            raise PlatformError(45011)
        self._forced[app_id] = [*today, now]
