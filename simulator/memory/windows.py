"""When, and how often, customer-service messages may be sent to a person."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from simulator.errors import PlatformError
from simulator.settings import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """What one act of a person opens."""

    name: str
    life: timedelta
    count: int


MESSAGE = Allowance(name="message", life=timedelta(hours=48), count=5)
TAP = Allowance(name="tap", life=timedelta(minutes=1), count=3)  # menu click, follow, scan, menu-message line
ENTER = Allowance(name="tap", life=timedelta(minutes=1), count=2)  # opening a mini-program's customer service


@dataclass(slots=True, kw_only=True)
class _Open:
    ends: datetime
    left: int


class Windows:
    def __init__(self) -> None:
        self._open: dict[tuple[Kind, str], dict[str, _Open]] = {}

    def open(self, kind: Kind, openid: str, allowance: Allowance, *, now: datetime) -> None:
        """A new act opens its window afresh, with its full count."""
        windows = self._open.setdefault((kind, openid), {})
        windows[allowance.name] = _Open(ends=now + allowance.life, left=allowance.count)

    def check_typing(self, kind: Kind, openid: str, *, now: datetime) -> None:
        """Raises 45080 without a message of the person in the last 48 hours."""
        window = self._open.get((kind, openid), {}).get(MESSAGE.name)
        if window is None or now >= window.ends:
            raise PlatformError(45080)

    def use(self, kind: Kind, openid: str, *, now: datetime) -> None:
        """Count one message. Raises 45015 when no window is open, 45047 when the open ones are used up."""
        windows = self._open.get((kind, openid), {})
        alive = [window for window in windows.values() if now < window.ends]
        if not alive:
            raise PlatformError(45015)
        for window in alive:
            if window.left > 0:
                window.left -= 1
                return
        raise PlatformError(45047)
