"""How time counts for a clock: round the clock, in the daytime, or in office hours of working days (domain §3)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

IsWorkday = Callable[[date], bool]

_DAY = timedelta(days=1)
_FAR = 3660  # days; ends a search that a calendar without any working day would keep going


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """The counted part of a day in `zone`; `counts` says which days count at all."""

    opens: time
    closes: time
    zone: ZoneInfo
    counts: IsWorkday


Counting = Hours | None
"""`None` counts every second (a natural day)."""


def due_at(start: datetime, amount: timedelta, counting: Counting) -> datetime:
    """When `amount` of counted time has passed since `start`, in the zone of `start`. A negative amount lies before it."""
    if counting is None or amount <= timedelta(0):
        return start + amount
    rest = amount
    for opens, closes in _windows(start, counting):
        begins = max(opens, start)
        if rest <= closes - begins:
            return begins + rest
        rest -= closes - begins
    raise ValueError("the calendar holds no counted time")


def counted(start: datetime, end: datetime, counting: Counting) -> timedelta:
    """How much counted time lies between two instants; zero when `end` is not after `start`."""
    if end <= start:
        return timedelta(0)
    if counting is None:
        return end - start
    total = timedelta(0)
    for opens, closes in _windows(start, counting):
        if opens >= end:
            break
        total += max(timedelta(0), min(closes, end) - max(opens, start))
    return total


def _windows(start: datetime, hours: Hours) -> Iterator[tuple[datetime, datetime]]:
    """The counted windows that end after `start`, in order, in the zone of `start`."""
    first = start.astimezone(hours.zone).date()
    for offset in range(_FAR):
        day = first + offset * _DAY
        if not hours.counts(day):
            continue
        opens = datetime.combine(day, hours.opens, hours.zone).astimezone(start.tzinfo)
        closes = datetime.combine(day, hours.closes, hours.zone).astimezone(start.tzinfo)
        if closes > start:
            yield opens, closes
