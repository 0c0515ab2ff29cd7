"""One application and one manager as the simulation knows them."""

from dataclasses import dataclass, field
from datetime import datetime

from backend.rules.clocks import Clock
from backend.rules.stages import NEW
from config.policy import ClockKind


@dataclass(slots=True, kw_only=True, eq=False)
class Manager:
    """`free_at` is when the visit in hand is over; `waiting` holds the cases to go to, by what is due first."""

    number: int
    open_cases: int = 0
    free_at: datetime | None = None
    waiting: list[tuple[datetime, int, "Case"]] = field(default_factory=list)
    visits: dict[int, int] = field(default_factory=dict)  # by day
    pushes: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True, eq=False)
class Case:
    """`clocks` are those that run; `reminded_at` is the last reminder's hour, `channel` how the customer is reached."""

    number: int
    manager: Manager
    channel: str
    stage: str = NEW
    ready: bool = True
    clocks: dict[ClockKind, Clock] = field(default_factory=dict)
    reminded_at: datetime | None = None
    lit_late: bool | None = None
