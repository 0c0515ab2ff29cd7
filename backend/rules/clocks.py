"""The regulation's clocks as values: start, pause, resume, end, time left (domain §3)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from backend.rules.counting import Counting, Hours, counted, due_at
from config.calendar import is_workday
from config.policy import ClockKind, Policy, Reading

State = Literal["running", "paused", "met", "breached", "cancelled"]
PauseReason = Literal["customer_reason", "uncontrollable"]

OPEN: frozenset[State] = frozenset({"running", "paused", "breached"})

_SHOWN_FIRST: tuple[tuple[ClockKind, ...], ...] = (
    ("ignition",),
    ("project_small", "project_large"),
    ("design",),
    ("first_visit",),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A span in which a pause kept a clock still; without an end it still does."""

    began_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One clock. `due_at` is None while paused, `rest` the counted time then frozen; times are UTC."""

    kind: ClockKind
    reading: Reading
    limit: timedelta
    state: State
    started_at: datetime
    due_at: datetime | None
    rest: timedelta | None = None
    ended_at: datetime | None = None
    late: bool = False


def start(kind: ClockKind, at: datetime, policy: Policy) -> Clock:
    """A clock that begins to run at `at`, with the limit of the policy (its clause is there)."""
    wanted = policy.clocks[kind]
    limit = wanted.limit
    if wanted.reading == "working":
        limit = limit / timedelta(days=1) * policy.working_day()
    due = due_at(at, limit, counting(wanted.reading, policy))
    return Clock(kind=kind, reading=wanted.reading, limit=limit, state="running", started_at=at, due_at=due)


def pause(clock: Clock, at: datetime, policy: Policy) -> Clock:
    """The clock stands still (§1.2-3); what was left is frozen, less than nothing when it was late already."""
    return replace(clock, state="paused", due_at=None, rest=left(clock, at, policy))


def resume(clock: Clock, at: datetime, policy: Policy) -> Clock:
    """The clock runs again for the rest."""
    rest = clock.rest if clock.rest is not None else timedelta(0)
    due = due_at(at, rest, counting(clock.reading, policy))
    return replace(clock, state="running" if rest > timedelta(0) else "breached", due_at=due, rest=None)


def replay(clock: Clock, holds: Sequence[Hold], policy: Policy) -> Clock:
    """The clock counted anew from its start, with these holds alone, in order and apart from each other; as if not ended."""
    due = due_at(clock.started_at, clock.limit, counting(clock.reading, policy))
    again = replace(clock, state="running", due_at=due, rest=None, ended_at=None, late=False)
    for hold in holds:
        again = pause(again, hold.began_at, policy)
        if hold.ended_at is not None:
            again = resume(again, hold.ended_at, policy)
    return again


def exchange(clock: Clock, kind: ClockKind, now: datetime, policy: Policy) -> Clock:
    """The clock under another limit with the same start: what it has used up, pauses left out, stays used up."""
    fresh = start(kind, clock.started_at, policy)
    more = fresh.limit - clock.limit
    changed = replace(clock, kind=kind, limit=fresh.limit, reading=fresh.reading)
    if clock.rest is not None:
        return replace(changed, rest=clock.rest + more)
    assert clock.due_at is not None  # only a pause takes the due time away, and it leaves a rest  # noqa: S101
    due = due_at(clock.due_at, more, counting(fresh.reading, policy))
    return replace(changed, due_at=due, state="running" if now < due else "breached")


def end(clock: Clock, at: datetime, policy: Policy, *, cancelled: bool = False) -> Clock:
    """The clock is met, or cancelled with its case; a met clock knows whether it was late."""
    late = left(clock, at, policy) < timedelta(0)
    return replace(clock, state="cancelled" if cancelled else "met", ended_at=at, late=late and not cancelled)


def left(clock: Clock, now: datetime, policy: Policy) -> timedelta:
    """Counted time left at `now`; once the clock is due, minus the plain time since. A paused clock's is frozen."""
    if clock.rest is not None:
        return clock.rest
    assert clock.due_at is not None  # only a pause takes the due time away, and it leaves a rest  # noqa: S101
    at = clock.ended_at or now
    if at >= clock.due_at:
        return clock.due_at - at
    return counted(at, clock.due_at, counting(clock.reading, policy))


def state_at(clock: Clock, now: datetime) -> State:
    """The state as it is at `now`: past due and not met is breached, whether or not a sweep has seen it."""
    if clock.state == "running" and clock.due_at is not None and now >= clock.due_at:
        return "breached"
    return clock.state


def headline(clocks: tuple[Clock, ...]) -> Clock | None:
    """The one clock a customer is shown: the most telling open one, else the one that ended last."""
    for kinds in _SHOWN_FIRST:
        for clock in clocks:
            if clock.kind in kinds and clock.state in OPEN:
                return clock
    ended = [clock for clock in clocks if clock.ended_at is not None]
    return max(ended, key=lambda clock: clock.ended_at or clock.started_at, default=None)


def counting(reading: Reading, policy: Policy) -> Counting:
    """How this reading counts time under the policy."""
    if reading == "natural":
        return None
    window = policy.hours.office if reading == "working" else policy.hours.daytime
    counts = is_workday if reading == "working" else _every_day
    return Hours(opens=window.opens, closes=window.closes, zone=policy.tz, counts=counts)


def _every_day(_: object) -> bool:
    return True
