"""What a transcript keeps of one message beside its words: the facts in it, what decided, what had been asked."""

from collections.abc import Iterable
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from backend.bots.conversation import Conversation
from backend.bots.dialogues.turns import Part
from backend.bots.heard import Heard
from backend.bots.understanding.values import Entities, Understanding
from backend.bots.wording import page_lines

_FACTS = tuple(field.name for field in fields(Entities))


def reading_of(
    heard: Heard, understood: Understanding, talk: Conversation, said: Iterable[Part] = ()
) -> dict[str, Any]:
    """As JSON, without what is empty. `talk` is where the talk stood before the message, `said` what was answered."""
    page = next((part for part in said if part.key == "page"), None)
    stated = ((name, getattr(understood.entities, name)) for name in _FACTS)
    entities = {name: _plain(value) for name, value in stated if value is not None}
    kept = {
        "by": understood.by,
        "next": asdict(understood.runner_up) if understood.runner_up else None,
        "entities": entities,
        "asked": _asked(talk),
        "page": page.facts["name"] if page else None,
        "phrased": bool(page and page.facts.get("lines", page_lines(page)) != page_lines(page)),
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
