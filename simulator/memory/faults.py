"""Faults that a tester puts on the platform's doors."""

from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase
from typing import Any


class Fault(StrEnum):
    """What goes wrong. Those named *lost* and *late* happen after the call has taken effect."""

    INVALID_TOKEN = "invalid_token"  # 40001  # noqa: S105 - the name of a fault, no secret
    EXPIRED_TOKEN = "expired_token"  # 42001  # noqa: S105 - the name of a fault, no secret
    BUSY = "busy"  # -1
    LIMIT = "limit"  # 45009
    ERROR = "error"  # the errcode given with the fault
    SLOW = "slow"  # waits `seconds`, then works
    DOWN = "down"  # HTTP 503
    RESET = "reset"  # the connection breaks and nothing happened
    NON_JSON = "non_json"  # HTTP 200 with an HTML page
    LOST_ANSWER = "lost_answer"  # done, then the connection breaks
    LATE_ANSWER = "late_answer"  # done at once, answered after `seconds`
    USER_REFUSED = "user_refused"  # the person's own refusal, as that door reports it
    RECEIPT_LATE = "receipt_late"  # the receipt comes after `seconds`
    RECEIPT_LOST = "receipt_lost"  # the receipt never comes
    RECEIPT_FAILED = "receipt_failed"  # the receipt says `failed: system failed`, nothing is shown


@dataclass(slots=True, kw_only=True)
class Planned:
    """A fault on the doors whose path matches `pattern` (shell wildcards), for one person or for all."""

    id: int
    pattern: str
    kind: Fault
    left: int | None = None  # None: until cleared
    seconds: float = 0
    errcode: int = -1
    person: str = ""
    hits: int = 0

    def view(self) -> dict[str, Any]:
        """What the control API tells about this fault."""
        return {
            "id": self.id,
            "pattern": self.pattern,
            "kind": self.kind.value,
            "left": self.left,
            "seconds": self.seconds,
            "errcode": self.errcode,
            "person": self.person,
            "hits": self.hits,
        }


class Faults:
    def __init__(self) -> None:
        self._planned: list[Planned] = []
        self._last = 0

    def plan(self, wanted: dict[str, Any]) -> Planned:
        """Raises ValueError when the kind is unknown or the count is not positive."""
        count = wanted.get("count")
        if count is not None and int(count) < 1:
            raise ValueError("count must be at least 1")
        self._last += 1
        fault = Planned(
            id=self._last,
            pattern=str(wanted.get("pattern") or "*"),
            kind=Fault(str(wanted.get("kind"))),
            left=None if count is None else int(count),
            seconds=float(wanted.get("seconds") or 0),
            errcode=int(wanted.get("errcode") or -1),
            person=str(wanted.get("person") or ""),
        )
        self._planned.append(fault)
        return fault

    def take(self, path: str, kinds: frozenset[Fault], names: frozenset[str]) -> Planned | None:
        """The first planned fault of these kinds for this path and person; counted down."""
        for fault in self._planned:
            fits = fault.kind in kinds and fnmatchcase(path, fault.pattern)
            if fits and (not fault.person or fault.person in names):
                return self._count_down(fault)
        return None

    def every(self) -> list[dict[str, Any]]:
        return [fault.view() for fault in self._planned]

    def clear(self, number: int | None = None) -> None:
        """One fault, or all of them."""
        self._planned = [] if number is None else [fault for fault in self._planned if fault.id != number]

    def _count_down(self, fault: Planned) -> Planned:
        fault.hits += 1
        if fault.left is not None:
            fault.left -= 1
            if fault.left < 1:
                self._planned.remove(fault)
        return fault
