"""Keys under which the platform sends one message only."""

from datetime import datetime, timedelta

_MANY = 50_000  # keys after which those whose time is over are dropped


class Once:
    """Remembers the answer given under a key for as long as the sender asked."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, ...], tuple[datetime, str]] = {}

    def find(self, *key: str, now: datetime) -> str | None:
        """The message id of the one already sent."""
        kept = self._kept.get(key)
        return kept[1] if kept and now < kept[0] else None

    def keep(self, *key: str, msgid: str, life: timedelta, now: datetime) -> None:
        if len(self._kept) >= _MANY:
            self._kept = {kept: value for kept, value in self._kept.items() if now < value[0]}
        self._kept[key] = (now + life, msgid)
