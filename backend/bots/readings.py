"""What a transcript keeps of one message beside its words: the facts in it, what decided, what had been asked."""

from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from backend.bots.conversation import Conversation
from backend.bots.heard import Heard
from backend.bots.understanding.values import Entities, Understanding

_FACTS = tuple(field.name for field in fields(Entities))


def reading_of(heard: Heard, understood: Understanding, talk: Conversation) -> dict[str, Any]:
    """As JSON, without what is empty. `talk` is where the talk stood before the message."""
    said = ((name, getattr(understood.entities, name)) for name in _FACTS)
    entities = {name: _plain(value) for name, value in said if value is not None}
    kept = {
        "by": understood.by,
        "next": asdict(understood.runner_up) if understood.runner_up else None,
        "entities": entities,
        "asked": _asked(talk),
        "media_id": heard.media_id,
        "label": heard.label,
    }
    return {name: value for name, value in kept.items() if value}


def _asked(talk: Conversation) -> str | None:
    """The question that was open: the message may be its answer, whatever it looks like alone."""
    if talk.question is not None:
        return talk.question.kind
    return talk.form.asked if talk.form else None


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value
