"""THE path: everything one step of the regulation causes to one case is written here, together."""

from collections.abc import Mapping
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
)
from backend.actions.act import Act
from backend.models import Case, ConnectionApplication
from backend.queries.case_parts import EventPart
from backend.rules import stages

Facts = Mapping[str, Any]


async def record(case: Case, event: str, *, act: Act, facts: Facts | None = None) -> EventPart:
    """Writes event, stage, clocks, tasks and messages of one step. Must run inside the caller's transaction, with
    the case's row locked or just made.

    `facts` are what the event's texts need beyond the case itself; strings, or what JSON holds.
    Raises NotAllowed when the stage or the role does not admit the step.
    """
    step = table_of(case).step(case.stage, event, act.by)
    given = dict(facts or {})
    await _stage.move(case, step.to, now=act.now)
    await _clocks.apply(case, step, now=act.now)
    standing = await _standing.of(case)
    letters = _letters.compose(case, standing.manager, standing.clocks, act, given)
    written = await _events.append(case, step, act=act, facts=given, letters=letters)
    opened = await _tasks.apply(case, step, standing, now=act.now)
    if step.announces and not act.quiet:
        await _announcements.announce(case, opened, letters, act=act)
    if not act.quiet:
        await _outbox.put(case, step, letters, act=act)
    await _partners.report(case, written, standing, act=act)
    return written


def table_of(case: Case) -> stages.Table:
    """The transition table of this kind of case."""
    return stages.APPLICATION if isinstance(case, ConnectionApplication) else stages.PROJECT
