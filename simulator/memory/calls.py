"""The log of every call, in both directions, and its counters."""

from collections import deque
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from simulator.memory.phones import SHANGHAI

KEPT = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One call. `direction` is `in` (to the platform) or `out` (a callback to the backend)."""

    direction: str
    method: str
    path: str
    status: int  # 0 when there was no answer
    errcode: int = 0
    milliseconds: float = 0
    fault: str = ""
    request: Any = None
    answer: Any = None


class Calls:
    """`changed` is called with each entry."""

    def __init__(self, changed: Callable[[dict[str, Any]], None]) -> None:
        self._changed = changed
        self._log: deque[tuple[int, str, Entry]] = deque(maxlen=KEPT)
        self._counters: dict[str, dict[str, int]] = {}
        self._last = 0

    def add(self, entry: Entry, *, now: datetime) -> None:
        """Write down and count one call."""
        self._last += 1
        row = (self._last, now.astimezone(SHANGHAI).isoformat(timespec="milliseconds"), entry)
        self._log.append(row)
        counter = self._counters.setdefault(f"{entry.direction} {entry.path}", {"calls": 0})
        counter["calls"] += 1
        name = f"errcode {entry.errcode}" if entry.status == 200 else f"status {entry.status}"
        counter[name] = counter.get(name, 0) + 1
        self._changed({"id": self._last, "path": entry.path})

    def after(self, after: int, path: str | None, limit: int) -> list[dict[str, Any]]:
        """Entries newer than `after`, oldest first: the newest `limit` of them."""
        found: list[dict[str, Any]] = []
        for number, at, entry in reversed(self._log):
            if number <= after or len(found) >= limit:
                break
            if path is None or entry.path == path:
                found.append({"id": number, "at": at, **asdict(entry)})
        return found[::-1]

    def counters(self) -> dict[str, dict[str, int]]:
        """Per direction and path: how many, and how they ended."""
        return self._counters

    def clear(self) -> None:
        self._log.clear()
        self._counters.clear()
