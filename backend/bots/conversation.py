"""Where a talk stands: a frozen value, kept as JSON between two messages."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from pydantic import TypeAdapter, ValidationError

from backend.bots.understanding.values import CustomerKind

_log = logging.getLogger(__name__)

Slot = Literal["kind", "name", "phone", "address", "flow", "visit", "photo", "confirm"]
"""What the application form asks for, in this order; `confirm` is the last word."""

QuestionKind = Literal[
    "which_case", "which_paper", "visit_time", "cancel_sure", "score", "complaint", "which_intent", "place", "resume",
    "correct_value", "correct_sure", "next_site", "danger"
]  # fmt: skip

CorrectedField = Literal["name", "phone", "address"]
"""What a customer may put right after filing, in the chat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One line a person can choose: what it means, and what it says."""

    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """An application being asked for; `asked` is the question that was put last.

    `detail` is a building or room whose place is still to be named, `doubted` the last answer that was not believed,
    `stuck` how often in a row the question was put in vain; `named` holds the papers that photos were said to be.
    """

    kind: CustomerKind | None = None
    name: str | None = None
    phone: str | None = None
    address: str | None = None
    flow: float | None = None
    visit_at: datetime | None = None
    skipped: tuple[Slot, ...] = ()
    asked: Slot | None = None
    detail: str = ""
    doubted: str = ""
    stuck: int = 0
    named: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """The photo that was put to a case last: it may be another paper than was thought."""

    number: str
    media_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question outside the form that waits for its answer.

    `intent` is what it is asked for, `number` the case, `words` what the person had said, `options` the choices.
    """

    kind: QuestionKind
    intent: str = ""
    number: str = ""
    words: str = ""
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """`pictures` are the platform's ids of photos that belong to no case yet; `at` is the last message's hour.

    `unclear` counts the lines in a row that were not understood; `hanging` is the last one where it was of a few
    characters. `dropped` is the form that was left unfinished, for whoever changes their mind; `sites` are further
    addresses that were named with the first; `alarmed` is when danger was reported last.
    """

    form: Form | None = None
    dropped: Form | None = None
    question: Question | None = None
    pictures: tuple[str, ...] = ()
    photo: Photo | None = None
    sites: tuple[str, ...] = ()
    at: datetime | None = None
    unclear: int = 0
    hanging: str = ""
    alarmed: datetime | None = None


_ADAPTER = TypeAdapter(Conversation)


def load(state: Mapping[str, Any]) -> Conversation:
    """The talk as it was left; what another release left in a form we cannot read begins anew."""
    try:
        return _ADAPTER.validate_python(dict(state))
    except ValidationError:
        _log.warning("a conversation could not be read and begins anew")
        return Conversation()


def dump(conversation: Conversation) -> dict[str, Any]:
    """As `load` reads it."""
    kept: dict[str, Any] = _ADAPTER.dump_python(conversation, mode="json", exclude_defaults=True)
    return kept
