"""Which hours can be offered for a visit: inside the day, not beside another appointment of the same person."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from itertools import groupby, islice

from config.policy import Policy

_MOST = 4
_AFTERNOON = time(13)  # after lunch


def free_hours(taken: Sequence[datetime], *, now: datetime, policy: Policy) -> tuple[datetime, ...]:
    """At most four starts in the policy's zone, one before and one after lunch, the soonest first; `taken` are booked."""
    days = policy.visits.book_ahead.days
    today = now.astimezone(policy.tz)
    starts = (start for ahead in range(days) for start in _halves(_free_on(today, ahead, taken, policy)))
    return tuple(islice(starts, _MOST))


def is_daytime(at: datetime, policy: Policy) -> bool:
    """Whether somebody can be visited at that hour of the day."""
    hours = policy.hours.daytime
    return hours.opens <= at.astimezone(policy.tz).time() < hours.closes


def _halves(starts: Iterator[datetime]) -> Iterator[datetime]:
    """The first of the morning and the first of the afternoon."""
    for _, half in groupby(starts, key=lambda start: start.time() >= _AFTERNOON):
        yield next(half)


def _free_on(today: datetime, ahead: int, taken: Sequence[datetime], policy: Policy) -> Iterator[datetime]:
    """A window ahead at the soonest, so that whoever comes can get there."""
    window, hours = policy.visits.window, policy.hours.daytime
    day = (today + timedelta(days=ahead)).date()
    start = datetime.combine(day, hours.opens, tzinfo=policy.tz)
    closes = datetime.combine(day, hours.closes, tzinfo=policy.tz)
    while start + window <= closes:
        if start >= today + window and all(abs(start - other) >= window for other in taken):
            yield start
        start += window
