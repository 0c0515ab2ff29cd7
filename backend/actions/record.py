"""THE path: everything one step of the regulation causes to one case is written here, together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from backend.actions import (
    _announcements,
    _clocks,
    _events,
    _letters,
    _outbox,
    _partners,
    _stage,
    _standing,
    _tasks,
    _writing,
)
from backend.actions._writing import NewEvent, NewTask, StartedClock
from backend.actions.act import Act
from backend.models import Case, ConnectionApplication
from backend.queries.case_parts import EventPart
from backend.rules import stages
from backend.rules.stages import Step

Facts = Mapping[str, Any]
Happening = tuple[str, Facts]
"""An event of a transition table, and what its texts need beyond the case."""


@dataclass(frozen=True, slots=True)
class _Taken:
    """A step, the stage it led to, and the facts given for its texts."""

    step: Step
    stage: str
    facts: dict[str, Any]


async def record(case: Case, event: str, *, act: Act, facts: Facts | None = None) -> EventPart:
    """Writes event, stage, clocks, tasks and messages of one step. Must run inside the caller's transaction, with
    the case's row locked or just made.

    `facts` are what the event's texts need beyond the case itself; strings, or what JSON holds.
    Raises NotAllowed when the stage or the role does not admit the step.
    """
    (written,) = await record_all(case, [(event, facts or {})], act=act)
    return written


async def record_all(case: Case, events: Sequence[Happening], *, act: Act) -> list[EventPart]:
    """The same for several steps that one act takes in a row: written, and told to whoever has to do them, together.

    None of them may end what one before it begins, for that is not written yet.
    """
    taken = [await _take(case, event, facts, act) for event, facts in events]
    stages.check_together([one.step for one in taken])
    standing = await _standing.of(case)
    held = await _tasks.close(standing.tasks, [one.step for one in taken], now=act.now)
    clocks: list[StartedClock] = []
    lines: list[NewEvent] = []
    tasks: list[NewTask] = []
    told: list[tuple[Step, dict[str, str]]] = []
    for one in taken:
        begun = _clocks.begin(case, one.step, now=act.now)
        standing = standing.after(begun)
        letters = _letters.compose(case, standing.manager, standing.clocks, act, one.facts)
        clocks += begun
        lines.append(_events.compose(one.step, one.stage, one.facts, letters))
        tasks += _tasks.plan(case, one.step, standing, held)
        held |= {task.kind for task in tasks}
        told.append((one.step, letters))
    written, opened = await _writing.write(case, clocks, lines, tasks, act=act)
    if not act.quiet:
        await _announcements.announce(case, [task for task in opened if task.announced], told[0][1], act=act)
        await _outbox.put(case, told, act=act)
    for line in written:
        await _partners.report(case, line, standing, act=act)
    return written


async def _take(case: Case, event: str, facts: Facts, act: Act) -> _Taken:
    """Moves the case and ends its clocks as the step says."""
    step = table_of(case).step(case.stage, event, act.by)
    _stage.move(case, step.to, now=act.now)
    await _clocks.end(case, step, now=act.now)
    return _Taken(step, case.stage, dict(facts))


def table_of(case: Case) -> stages.Table:
    """The transition table of this kind of case."""
    return stages.APPLICATION if isinstance(case, ConnectionApplication) else stages.PROJECT
