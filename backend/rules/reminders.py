"""When people are reminded of a clock, and when the night holds a reminder back (domain §3)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from backend.rules.clocks import Clock, counting, left
from backend.rules.counting import due_at
from config.policy import Policy

Kind = Literal["half", "before_deadline", "deadline", "daily"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One reminder to come; `deadline` is the breach itself and is never held back."""

    kind: Kind
    due_at: datetime


def plan(clock: Clock, since: datetime, policy: Policy) -> tuple[Planned, ...]:
    """The reminders of a clock that runs since `since` (its start, or when it was resumed), in order."""
    rest = left(clock, since, policy)
    if rest <= timedelta(0):
        return (Planned(kind="deadline", due_at=since),)
    how = counting(clock.reading, policy)
    marks: tuple[tuple[Kind, timedelta], ...] = (
        ("half", clock.limit / 2),
        ("before_deadline", policy.reminders.before_deadline),
    )
    wanted = [
        Planned(kind=kind, due_at=outside_quiet(due_at(since, rest - mark, how), since, policy))
        for kind, mark in marks
        if mark < rest
    ]
    wanted.append(Planned(kind="deadline", due_at=due_at(since, rest, how)))
    return _merged(wanted, policy.reminders.merge_within)


def plan_daily(after: datetime, since: datetime, policy: Policy) -> Planned:
    """The next daily reminder after one at `after`, for a clock that runs since `since`."""
    at = outside_quiet(after + policy.reminders.repeat_every, since, policy)
    return Planned(kind="daily", due_at=at if at > after else quiet_end(after, policy))


def outside_quiet(at: datetime, earliest: datetime, policy: Policy) -> datetime:
    """`at`, or where the night covers it the moment before the night, or, were that before `earliest`, its end."""
    if not is_quiet(at, policy):
        return at
    before = _quiet_start(at, policy) - policy.reminders.ahead_of_quiet
    return before if before >= earliest else quiet_end(at, policy)


def is_quiet(at: datetime, policy: Policy) -> bool:
    """Whether reminders and digests are held back at this instant; the closing hour itself is free."""
    quiet = policy.hours.quiet
    hour = at.astimezone(policy.tz).time()
    return hour >= quiet.opens or hour < quiet.closes


def quiet_end(at: datetime, policy: Policy) -> datetime:
    """When the night around `at` ends; `at` itself by day."""
    if not is_quiet(at, policy):
        return at
    local = at.astimezone(policy.tz)
    day = local.date() + timedelta(days=1 if local.time() >= policy.hours.quiet.opens else 0)
    return datetime.combine(day, policy.hours.quiet.closes, policy.tz).astimezone(at.tzinfo)


def _quiet_start(at: datetime, policy: Policy) -> datetime:
    local = at.astimezone(policy.tz)
    day = local.date() - timedelta(days=0 if local.time() >= policy.hours.quiet.opens else 1)
    return datetime.combine(day, policy.hours.quiet.opens, policy.tz).astimezone(at.tzinfo)


def _merged(wanted: list[Planned], within: timedelta) -> tuple[Planned, ...]:
    """Of reminders close together the one nearer the deadline stays; the deadline itself swallows none."""
    kept: list[Planned] = []
    for reminder in wanted:
        if kept and reminder.kind != "deadline" and reminder.due_at - kept[-1].due_at <= within:
            kept.pop()
        kept.append(reminder)
    return tuple(kept)
