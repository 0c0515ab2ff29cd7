"""What a turn comes to: words, at most one look or one deed, and the next conversation."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from backend.actions.human_chats import Reason
from backend.bots.conversation import Conversation, CorrectedField, Form, Option
from backend.bots.heard import Heard
from backend.bots.understanding.values import Intent, Understanding
from backend.queries.my_cases import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One text of `replies.toml` with its facts, and the choices under it."""

    key: str
    facts: Mapping[str, str] = field(default_factory=dict)
    options: tuple[Option, ...] = ()


def part(key: str, /, *options: Option, **facts: str) -> Part:
    """A part with its facts by name."""
    return Part(key=key, facts=facts, options=options)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowProgress:
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowManager:
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowFreeHours:
    """When the case's manager can come; the hours become the choices of the question that waits."""

    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileApplication:
    """`pictures` maps media ids to the papers they show."""

    form: Form
    pictures: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class BookVisit:
    number: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Urge:
    """`words` go to a person of ours where urging once more helps nobody."""

    number: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Complain:
    number: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancel:
    """`words` are the customer's reason, as it was said."""

    number: str
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """`comment` is what was said beside the score."""

    number: str
    score: int
    comment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallPerson:
    """`why` chooses the words that follow."""

    words: str
    why: Reason = "asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """`words` is what was said before it was asked about."""

    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepPicture:
    media_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachPicture:
    number: str
    media_id: str
    paper: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Correct:
    """Puts one field of a filed application right."""

    number: str
    field: CorrectedField
    value: str


Query = ShowProgress | ShowManager | ShowFreeHours
Command = (
    FileApplication
    | Alarm
    | BookVisit
    | Urge
    | Complain
    | Cancel
    | Rate
    | CallPerson
    | KeepPicture
    | AttachPicture
    | Correct
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """`before` is said first, then what the look or deed brings, then `after`.

    `refused` is where the talk stands when the deed could not be done; None leaves it as it was before the message.
    """

    next: Conversation
    before: tuple[Part, ...] = ()
    look: Query | None = None
    deed: Command | None = None
    after: tuple[Part, ...] = ()
    refused: Conversation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """All a dialogue may know: the message, what it means, where the talk stands, who talks, and the hour.

    `waits_for_person` says that the hotline desk has been asked for and nobody has come yet.
    `others` are the wishes of the line besides the one understood, `places` the addresses in it.
    """

    heard: Heard
    understood: Understanding
    talk: Conversation
    person: Person
    now: datetime
    waits_for_person: bool = False
    others: tuple[Intent, ...] = ()
    places: tuple[str, ...] = ()
