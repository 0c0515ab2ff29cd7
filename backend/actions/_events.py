"""Appends to the timeline."""

import orjson

from backend.actions.act import Act
from backend.models import Case, reference
from backend.queries.case_parts import EventPart
from backend.queries.rows import rows
from backend.rules.stages import Step

_APPEND = """
INSERT INTO events (application_id, project_id, name, stage, at, by_role, by_staff_id, facts)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id
"""


async def append(
    case: Case, step: Step, *, act: Act, facts: dict[str, object], letters: dict[str, str]
) -> EventPart:
    """One row of the timeline, with the words it had on the day it happened."""
    shown = {key: letters[key] for key in ("manager_name",) if key in letters}
    known = {**shown, **facts}
    whose = reference(case)
    case_ids = [whose.get("application_id"), whose.get("project_id")]
    said = [step.event, case.stage, act.now, act.by, act.staff_id, orjson.dumps(known).decode()]
    (row,) = await rows(_APPEND, *case_ids, *said)
    return EventPart(row["id"], step.event, case.stage, act.now, known)
