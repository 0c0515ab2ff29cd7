"""Moves the clocks of a case and plans their reminders."""

from datetime import datetime

from tortoise import connections

from backend.actions import _holds
from backend.actions._writing import StartedClock
from backend.models import Case, CaseClock, Pause, Reminder, Task, reference
from backend.queries.clocks import value_of
from backend.rules import clocks, reminders
from backend.rules.clocks import Clock
from backend.rules.stages import DUE_BY, Step
from config import policy
from config.policy import ClockKind, Policy

_PLAN = """
INSERT INTO reminders (clock_id, kind, due_at, state)
SELECT $1, kind, due_at, 'waiting' FROM unnest($2::text[], $3::timestamptz[]) AS planned (kind, due_at)
"""


def begin(case: Case, step: Step, *, now: datetime) -> list[StartedClock]:
    """The clocks that the step starts, with their reminders; `_writing` keeps them."""
    if not step.starts:
        return []
    rules = policy.of(case.policy_version)
    started = [clocks.start(kind, now, rules) for kind in step.starts]
    return [StartedClock(clock=clock, reminders=reminders.plan(clock, now, rules)) for clock in started]


async def end(case: Case, step: Step, *, now: datetime) -> None:
    """Meets, stops, cancels or takes up again what the step says."""
    for kind in step.reopens:
        await _reopen(case, kind, now)
    if not step.meets and not step.stops and not step.cancels:
        return
    for row in await open_clocks(case):
        if step.cancels or row.kind in (*step.meets, *step.stops):
            ended = clocks.end(value_of(row), now, rules_of(row), cancelled=row.kind not in step.meets)
            await _holds.end(row, now=now)
            await _write(row, ended)
            await _drop_planned(row)


def rules_of(row: CaseClock) -> Policy:
    """The policy under which the clock's case began (§3-2)."""
    return policy.of(row.policy_version)


async def open_clocks(case: Case) -> list[CaseClock]:
    """The case's clocks that have not ended."""
    return await CaseClock.filter(**reference(case), state__in=list(clocks.OPEN)).order_by("id")


async def pause(row: CaseClock, pause_row: Pause, *, now: datetime) -> None:
    """This clock stands still because of `pause_row`; nothing is sent while it does."""
    row.pause_id = pause_row.id
    await _holds.begin(row, pause_row, now=now)
    await _write(row, clocks.pause(value_of(row), now, rules_of(row)))
    await _drop_planned(row)


async def resume(row: CaseClock, *, now: datetime) -> None:
    """This clock runs again for its rest, and its reminders are planned anew."""
    row.pause_id = None
    await _holds.end(row, now=now)
    running = clocks.resume(value_of(row), now, rules_of(row))
    await _write(row, running)
    await _plan_rest(row, running, now)


async def hold_on(row: CaseClock, other: Pause, *, now: datetime) -> None:
    """The clock stands still on, but from now on because of another pause."""
    await _holds.end(row, now=now)
    await _holds.begin(row, other, now=now)
    row.pause_id = other.id
    await row.save(update_fields=["pause_id"])


async def recount(row: CaseClock, *, now: datetime) -> None:
    """The clock by its start and the holds that count: after an annulled pause it may be due earlier, or late at once."""
    counted = clocks.replay(value_of(row), await _holds.of(row), rules_of(row))
    if row.ended_at is not None:
        cancelled = row.state == "cancelled"
        await _write(row, clocks.end(counted, row.ended_at, rules_of(row), cancelled=cancelled))
        return
    await _drop_planned(row)
    await _write(row, counted)
    if counted.state != "paused":
        await _plan_rest(row, counted, now)


async def plan_daily(row: CaseClock, *, after: datetime) -> None:
    """The next daily reminder of a breached clock."""
    planned = reminders.plan_daily(after, row.started_at, rules_of(row))
    await Reminder.get_or_create(clock_id=row.id, kind=planned.kind, due_at=planned.due_at)


async def _reopen(case: Case, kind: ClockKind, now: datetime) -> None:
    """A clock that was ended by mistake runs as if it never had."""
    row = await CaseClock.filter(**reference(case), kind=kind, state="met").order_by("-id").first()
    if row is not None:
        row.ended_at = None
        await recount(row, now=now)


async def _plan_rest(row: CaseClock, clock: Clock, now: datetime) -> None:
    """Reminders up to the deadline; a clock whose breach was told already has its daily ones."""
    if row.breached_at is None:
        await _plan(row, clock, now)
    else:
        await plan_daily(row, after=now)


async def _plan(row: CaseClock, clock: Clock, since: datetime) -> None:
    planned = reminders.plan(clock, since, rules_of(row))
    kinds, dues = [one.kind for one in planned], [one.due_at for one in planned]
    await connections.get("default").execute_query(_PLAN, [row.id, kinds, dues])


async def _drop_planned(row: CaseClock) -> None:
    await Reminder.filter(clock_id=row.id, state="waiting").delete()


async def _write(row: CaseClock, clock: Clock) -> None:
    row.state, row.due_at, row.rest = clock.state, clock.due_at, clock.rest
    row.ended_at, row.late = clock.ended_at, clock.late
    if clock.state in {"met", "cancelled"}:
        row.pause_id = None
    await row.save()
    await _tell_tasks(row)


async def exchange(case: Case, old: ClockKind, new: ClockKind, *, now: datetime) -> bool:
    """Turns an open clock into one of another kind with the same start; False when there is no such clock."""
    row = next((row for row in await open_clocks(case) if row.kind == old), None)
    if row is None:
        return False
    changed = clocks.exchange(value_of(row), new, now, rules_of(row))
    row.kind, row.limit, row.reading = new, changed.limit, changed.reading
    row.breached_at = row.breached_at if changed.state == "breached" else None
    await _drop_planned(row)
    await _write(row, changed)
    if changed.state == "running":
        await _plan(row, changed, now)
    return True


async def _tell_tasks(row: CaseClock) -> None:
    """Open tasks that are due by this clock are due when it is."""
    kinds = [task for task, by in DUE_BY.items() if row.kind in by]
    tasks = Task.filter(application_id=row.application_id, project_id=row.project_id, kind__in=kinds)
    await tasks.filter(state__in=["open", "accepted"]).update(due_at=row.due_at)
