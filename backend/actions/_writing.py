"""Writes what steps cause: stage, clocks with their reminders, events and tasks, in one statement.

A statement for each of them, once for each step, was 9 of the 27 that filing took; now it is one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import orjson

from backend.actions.act import Act
from backend.models import Case, ConnectionApplication
from backend.queries.case_parts import EventPart
from backend.queries.rows import rows
from backend.rules.clocks import Clock
from backend.rules.reminders import Planned
from backend.rules.stages import Role, TaskKind

_WRITE = """
WITH moved AS (
    UPDATE {table} SET stage = $2::text, stage_at = $3 WHERE id = $1 AND stage <> $2::text
), started AS (
    INSERT INTO clocks ({case}, started_at, policy_version, late, kind, reading, "limit", state, due_at)
    SELECT $1, $4::timestamptz, $5, false, kind, reading, span, state, due_at
    FROM unnest($6::text[], $7::text[], $8::bigint[], $9::text[], $10::timestamptz[])
        AS one (kind, reading, span, state, due_at)
    RETURNING id, kind
), planned AS (
    INSERT INTO reminders (clock_id, kind, due_at, state)
    SELECT started.id, one.kind, one.due_at, 'waiting'
    FROM unnest($11::text[], $12::text[], $13::timestamptz[]) AS one (clock, kind, due_at)
        JOIN started ON started.kind = one.clock
), happened AS (
    INSERT INTO events ({case}, at, by_role, by_staff_id, name, stage, facts)
    SELECT $1, $4::timestamptz, $14, $15, name, stage, facts
    FROM unnest($16::text[], $17::text[], $18::jsonb[]) AS one (name, stage, facts)
    RETURNING id
), opened AS (
    INSERT INTO tasks ({case}, opened_at, state, facts, kind, role, assignee_id, due_at)
    SELECT $1, $4::timestamptz, 'open', '{{}}', kind, role, assignee_id, due_at
    FROM unnest($19::text[], $20::text[], $21::bigint[], $22::timestamptz[]) AS one (kind, role, assignee_id, due_at)
    RETURNING id, kind
)
SELECT ARRAY(SELECT id FROM happened ORDER BY id) AS events, ARRAY(SELECT (id, kind) FROM opened) AS tasks
"""
_OF_APPLICATION = _WRITE.format(table="applications", case="application_id")
_OF_PROJECT = _WRITE.format(table="projects", case="project_id")
_MICROSECOND = timedelta(microseconds=1)  # spans are kept in these


@dataclass(frozen=True, slots=True, kw_only=True)
class StartedClock:
    """A clock that begins, with its reminders."""

    clock: Clock
    reminders: Sequence[Planned]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEvent:
    """A line of the timeline, with the words it had on the day it happened."""

    name: str
    stage: str
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTask:
    """Something to do for a person, or for whoever has the role; they are told of it unless they opened it for themselves."""

    kind: TaskKind
    role: Role
    assignee_id: int | None
    due_at: datetime | None
    announced: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedTask(NewTask):
    """A task that has just been written."""

    id: int


async def write(
    case: Case,
    clocks: Sequence[StartedClock],
    events: Sequence[NewEvent],
    tasks: Sequence[NewTask],
    *,
    act: Act,
) -> tuple[list[EventPart], list[OpenedTask]]:
    """The case's stage as it stands, and all of these; the events and tasks with their ids, in their order."""
    started = [one.clock for one in clocks]
    reminders = [(one.clock.kind, reminder) for one in clocks for reminder in one.reminders]
    columns: list[object] = [
        [clock.kind for clock in started],
        [clock.reading for clock in started],
        [clock.limit // _MICROSECOND for clock in started],
        [clock.state for clock in started],
        [clock.due_at for clock in started],
        [clock for clock, _ in reminders],
        [reminder.kind for _, reminder in reminders],
        [reminder.due_at for _, reminder in reminders],
        act.by,
        act.staff_id,
        [event.name for event in events],
        [event.stage for event in events],
        [orjson.dumps(event.facts).decode() for event in events],
        [task.kind for task in tasks],
        [task.role for task in tasks],
        [task.assignee_id for task in tasks],
        [task.due_at for task in tasks],
    ]
    sql = _OF_APPLICATION if isinstance(case, ConnectionApplication) else _OF_PROJECT
    (row,) = await rows(sql, case.id, case.stage, case.stage_at, act.now, case.policy_version, *columns)
    ids = {kind: task for task, kind in row["tasks"]}
    return (
        [
            EventPart(id_, event.name, event.stage, act.now, event.facts)
            for id_, event in zip(row["events"], events, strict=True)
        ],
        [
            OpenedTask(
                id=ids[task.kind],
                kind=task.kind,
                role=task.role,
                assignee_id=task.assignee_id,
                due_at=task.due_at,
                announced=task.announced,
            )
            for task in tasks
        ],
    )
