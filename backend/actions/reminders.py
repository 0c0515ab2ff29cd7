"""Reminders and breaches, the due ones of some cases at a time, each judged again before anything is said (domain §3)."""

import logging
from collections.abc import Sequence
from datetime import datetime

from tortoise.exceptions import DBConnectionError, OperationalError
from tortoise.transactions import in_transaction

from backend.actions import _clocks, _letters, _outbox, _plain_reminders
from backend.actions._plain_reminders import Due
from backend.actions._tasks import OPEN
from backend.actions.act import Act
from backend.actions.record import record
from backend.models import (
    Case,
    CaseClock,
    ConnectionApplication,
    OutboxMessage,
    PreServiceProject,
    Reminder,
    Task,
    reference,
)
from backend.queries.clocks import value_of
from backend.queries.rows import rows
from backend.rules import reminders
from config import policy

_log = logging.getLogger(__name__)

_TOGETHER = 100  # cases held in one transaction
_PROMISED = frozenset({"ignition", "design", "project_small", "project_large"})
"""The clocks whose deadline the customer was told: missing it needs an apology."""

_DUE_APPLICATION = """
SELECT c.id FROM reminders r JOIN clocks k ON k.id = r.clock_id JOIN applications c ON c.id = k.application_id
WHERE r.state = 'waiting' AND r.due_at <= $1 ORDER BY r.due_at LIMIT $2 FOR UPDATE OF c SKIP LOCKED
"""
_DUE_OF_APPLICATIONS = """
SELECT r.id, r.clock_id, r.kind, k.application_id, a.manager_id
FROM reminders r JOIN clocks k ON k.id = r.clock_id JOIN applications a ON a.id = k.application_id
WHERE a.id = ANY($1) AND r.state = 'waiting' AND r.due_at <= $2 ORDER BY r.due_at, r.id
"""
_DUE_PROJECT = _DUE_APPLICATION.replace("applications", "projects").replace("application_id", "project_id")


async def remind_next(*, now: datetime, real_now: datetime) -> bool:
    """Handles the due reminders of some cases; False when none is due.

    Of several missed ones of a clock only the newest that is still true goes out; a breach among them is the one.
    """
    act = Act.system(now=now, real_now=real_now)
    async with in_transaction():
        applications = await _claim(_DUE_APPLICATION, now)
        if applications:
            left = await _remind_plain(applications, act)
            await _judge_all(await ConnectionApplication.filter(id__in=left) if left else [], act)
            return True
        projects = await _claim(_DUE_PROJECT, now)
        await _judge_all(await PreServiceProject.filter(id__in=projects) if projects else [], act)
        return bool(projects)


async def _claim(sql: str, now: datetime) -> list[int]:
    """Cases with a due reminder, their rows held; those another process holds are passed over.

    A case is locked before its reminders, as everywhere, so that a pause in flight and a reminder cannot block each
    other.
    """
    return sorted({row["id"] for row in await rows(sql, now, _TOGETHER)})


async def _remind_plain(applications: Sequence[int], act: Act) -> list[int]:
    """Makes the plain ones together; which applications are left to be judged by themselves.

    They are read again now that the rows are held: a pause may have come first.
    """
    due: dict[int, list[Due]] = {}
    for row in await rows(_DUE_OF_APPLICATIONS, applications, act.now):
        due.setdefault(row["application_id"], []).append(Due(**row))
    plain = {case: found[0] for case, found in due.items() if _plain_reminders.is_plain(found, act.now)}
    if plain and not await _try_together(list(plain.values()), act):
        plain = {}
    return [case for case in due if case not in plain]


async def _try_together(due: Sequence[Due], act: Act) -> bool:
    """False where it fails for all because of one: then each is made by itself."""
    try:
        async with in_transaction():
            await _plain_reminders.remind(due, act=act)
    except (OperationalError, DBConnectionError, OSError):
        raise  # passes by itself
    except Exception:  # noqa: BLE001  told where each is made by itself
        _log.warning("some reminders could not be made together", extra={"count": len(due)})
        return False
    return True


async def _judge_all(cases: Sequence[Case], act: Act) -> None:
    for case in cases:
        due = await _due_of(case, act.now)
        for clock_id in dict.fromkeys(row.clock_id for row in due):
            await _judge_safely(case, [row for row in due if row.clock_id == clock_id], act)


async def _due_of(case: Case, now: datetime) -> list[Reminder]:
    clock_ids = await CaseClock.filter(**reference(case)).values_list("id", flat=True)
    return await Reminder.filter(clock_id__in=list(clock_ids), state="waiting", due_at__lte=now).order_by(
        "due_at", "id"
    )


async def _judge_safely(case: Case, due: list[Reminder], act: Act) -> None:
    """A case whose reminder cannot be made is left to a supervisor, or it would be the first in the row for ever."""
    try:
        async with in_transaction():
            await _judge(case, due, act)
    except (OperationalError, DBConnectionError, OSError):
        raise  # passes by itself
    except Exception:  # noqa: BLE001  whatever it is, the other cases' deadlines must not wait for it
        _log.exception("a reminder could not be made", extra={"clock": due[0].clock_id})
        await _finish(due, "failed", act)
        await _tell_of_failure(case, act)


async def _tell_of_failure(case: Case, act: Act) -> None:
    letter = _outbox.Letter(message="reminder_failed", facts={"address": case.address})
    for supervisor in await _outbox.supervisors_of(case):
        await _outbox.queue(letter, act=act, staff_id=supervisor, case=case)


async def _judge(case: Case, due: list[Reminder], act: Act) -> None:
    """Chooses what is still true of one clock's due reminders and says it; the rest is dropped."""
    clock = await CaseClock.get(id=due[0].clock_id)
    if clock.state not in {"running", "breached"}:
        await _finish(due, "dropped", act)
        return
    breach = next((row for row in due if row.kind == "deadline"), None)
    chosen = breach or due[-1]
    if breach is None and reminders.is_quiet(act.now, policy.current()):
        await _hold(chosen, reminders.quiet_end(act.now, policy.current()), act)
        await _finish([row for row in due if row is not chosen], "dropped", act)
        return
    await _finish([row for row in due if row is not chosen], "dropped", act)
    if breach is not None:
        await _breach(case, clock, act)
    elif await _just_reminded(case, act.now):
        await _finish([chosen], "merged", act)
    else:
        await _remind(case, clock, _plain_reminders.MESSAGES[chosen.kind], act)
    if chosen.state == "waiting":
        await _finish([chosen], "done", act)
    if chosen.kind in {"deadline", "daily"}:
        await _clocks.plan_daily(clock, after=act.now)


async def _breach(case: Case, clock: CaseClock, act: Act) -> None:
    """The deadline has passed: the clock is breached, manager and supervisors are told, the customer is asked for pardon."""
    clock.state, clock.breached_at = "breached", act.now
    await clock.save(update_fields=["state", "breached_at"])
    await _remind(case, clock, "clock_breached", act)
    facts = await _facts(case, clock, act)
    for supervisor in await _outbox.supervisors_of(case):
        letter = _outbox.Letter(message="clock_breached_supervisor", facts=facts)
        await _outbox.queue(letter, act=act, staff_id=supervisor, case=case)
    promised = clock.kind in _PROMISED
    await record(case, "late" if promised else "target_missed", act=act, facts={"clock": clock.kind})


async def _remind(case: Case, clock: CaseClock, message: str, act: Act) -> None:
    responsible = _responsible(case, clock)
    people = [responsible] if responsible else await _outbox.supervisors_of(case)
    task = await Task.filter(**reference(case), state__in=OPEN).order_by("-id").first()
    letter = _outbox.Letter(
        message=message, facts=await _facts(case, clock, act), target=str(task.id) if task else ""
    )
    for staff_id in people:
        await _outbox.queue(letter, act=act, staff_id=staff_id, case=case)


def _responsible(case: Case, clock: CaseClock) -> int | None:
    """Whose clock it is: the designer's for the drawings, else the manager's, who answers for everything."""
    if isinstance(case, PreServiceProject) and clock.kind == "design":
        return case.designer_id or case.manager_id
    return case.manager_id


async def _facts(case: Case, clock: CaseClock, act: Act) -> dict[str, str]:
    """`clock_id` lets the delivery see whether the reminder is still true."""
    value = value_of(clock)
    facts = await _letters.facts_of(case, act, _letters.clock_facts(value, act.now, _clocks.rules_of(clock)))
    return {**facts, "clock_id": str(clock.id)}


async def _just_reminded(case: Case, now: datetime) -> bool:
    """Whether the same person had a reminder about the same application within the merging span."""
    if not isinstance(case, ConnectionApplication):
        return False
    since = now - policy.current().reminders.merge_within
    return await OutboxMessage.exists(
        application_id=case.id,
        staff_id=case.manager_id,
        message__in=list(_plain_reminders.MESSAGES.values()),
        created_at__gt=since,
    )


async def _hold(row: Reminder, until: datetime, act: Act) -> None:
    if not await Reminder.exists(clock_id=row.clock_id, kind=row.kind, due_at=until):
        row.due_at = until
        await row.save(update_fields=["due_at"])
    else:
        await _finish([row], "merged", act)


async def _finish(rows: list[Reminder], state: str, act: Act) -> None:
    for row in rows:
        row.state, row.judged_at = state, act.now
        await row.save(update_fields=["state", "judged_at"])
