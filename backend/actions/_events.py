"""A step as a line of the timeline."""

from typing import Any

from backend.actions._writing import NewEvent
from backend.rules.stages import Step


def compose(step: Step, stage: str, facts: dict[str, Any], letters: dict[str, str]) -> NewEvent:
    """The step that led to `stage`, with the words it has on this day."""
    return NewEvent(name=step.event, stage=stage, facts={"manager_name": letters["manager_name"], **facts})
