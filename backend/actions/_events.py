"""Appends to the timeline."""

from backend.actions.act import Act
from backend.models import Case, Event, reference
from backend.rules.stages import Step


async def append(
    case: Case, step: Step, *, act: Act, facts: dict[str, object], letters: dict[str, str]
) -> Event:
    """One row of the timeline, with the words it had on the day it happened."""
    shown = {key: letters[key] for key in ("manager_name",) if key in letters}
    return await Event.create(
        **reference(case),
        name=step.event,
        stage=case.stage,
        at=act.now,
        by_role=act.by,
        by_staff_id=act.staff_id,
        facts={**shown, **facts},
    )
