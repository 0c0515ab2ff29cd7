"""The clocks of cases as people see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from backend.models import CaseClock
from backend.queries.case_parts import ClockPart
from backend.rules import clocks
from backend.rules.clocks import Clock, State
from config import policy


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockView:
    """One clock at one moment. `remaining` is less than nothing when late; `reason` says why it stands still."""

    kind: str
    name: str
    clause: str
    state: State
    started_at: datetime
    due_at: datetime | None
    ended_at: datetime | None
    remaining: timedelta
    late: bool
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockViews:
    """The clock a customer is shown, and all of them."""

    headline: ClockView | None
    all: tuple[ClockView, ...]


def value_of(row: CaseClock) -> Clock:
    """The row as the rules see it."""
    return Clock(
        kind=row.kind,  # type: ignore[arg-type]  # only actions write it, from the policy's kinds
        reading=row.reading,  # type: ignore[arg-type]  # likewise
        limit=row.limit,
        state=row.state,  # type: ignore[arg-type]  # likewise
        started_at=row.started_at,
        due_at=row.due_at,
        rest=row.rest,
        ended_at=row.ended_at,
        late=row.late,
    )


def part_of(row: CaseClock) -> ClockPart:
    """The row, read with its pause, as one read among others of its case."""
    return ClockPart(value_of(row), row.policy_version, row.pause.reason if row.pause else None)


def view(parts: Sequence[ClockPart], *, now: datetime) -> ClockViews:
    """Clocks of one case and its project."""
    shown = [_view(part, now) for part in parts]
    first = clocks.headline(tuple(part.clock for part in parts))
    headline = next((view for view, part in zip(shown, parts, strict=True) if part.clock is first), None)
    return ClockViews(headline=headline, all=tuple(shown))


def _view(part: ClockPart, now: datetime) -> ClockView:
    clock, rules = part.clock, policy.of(part.policy_version)
    limit = rules.clocks[clock.kind]
    state = clocks.state_at(clock, now)
    return ClockView(
        kind=clock.kind,
        name=limit.name,
        clause=limit.clause,
        state=state,
        started_at=clock.started_at,
        due_at=clock.due_at,
        ended_at=clock.ended_at,
        remaining=clocks.left(clock, now, rules),
        late=clock.late or state == "breached",
        reason=part.reason if state == "paused" else None,
    )
