"""Names of steps and stages as people read them."""

from backend.rules.stages import NEW
from config.messages.project_texts import project_texts
from config.messages.regulation import regulation_words
from config.messages.texts import words


def event_name(event: str) -> str:
    """The name on the timeline with the key behind it; the key alone where it has no name."""
    known = words().events.get(event)
    name = known.name if known else project_texts().events.get(event)
    return f"{name} `{event}`" if name else f"`{event}`"


def stage_name(table: str, stage: str) -> str:
    """A stage of one of the tables."""
    own = regulation_words()
    if stage == NEW:
        return own.any_time
    names = words().stages.get(table) or own.stages[table]
    return names[stage]
