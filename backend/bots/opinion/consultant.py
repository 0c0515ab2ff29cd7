"""Asks the language model for one message: what is meant where we are unsure, and nicer words for what we know.

It is asked before the message's transaction and at most once for each; what came of it is kept for the turn that holds
the talk. It sees no personal data and decides nothing: an intent that would write something is offered, not done.
"""

import time
from dataclasses import dataclass, field, replace
from typing import Literal, Protocol, get_args

import orjson
from pydantic import BaseModel, ConfigDict, ValidationError

from backend.bots.opinion.masking import Mask
from backend.bots.opinion.verifying import is_faithful
from backend.bots.understanding.plain_text import plain
from backend.bots.understanding.values import CustomerKind, Entities, Guess, Intent, Understanding
from backend.queries.my_cases import Person
from config.language_model import language_model

_UNSURE_BELOW = 0.75
_TAKEN, _OFFERED = 0.76, 0.45  # sure enough to answer; only to ask whether it was meant
_DECIDED_BY_US = frozenset({"safety", "rule", "facts", "choice"})
_WRITES_NOTHING: frozenset[Intent] = frozenset(
    {"apply", "progress", "documents_needed", "time_limit", "package", "channels", "manager_contact", "submit_document", "cancel", "bind_phone", "greeting", "thanks", "out_of_scope"}
)  # fmt: skip
"""Those that only say something, and the two that ask for a confirmation of their own."""


class Adviser(Protocol):
    """The gateway's side: None for whatever goes wrong."""

    async def ask(self, instruction: str, text: str, *, seconds: float) -> str | None: ...


class _SaidEntities(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    contact_name: str | None = None
    address: str | None = None
    customer_kind: Literal["resident", "non_resident"] | None = None


class _Said(BaseModel):
    """All it may answer."""

    model_config = ConfigDict(extra="forbid", strict=True)

    intent: Intent
    entities: _SaidEntities = _SaidEntities()


@dataclass(slots=True)
class Consultant:
    """For one message. Without an adviser, or once the talk is held, only what was said before is known."""

    adviser: Adviser | None = None
    began: float = field(default_factory=time.monotonic)
    _answers: dict[tuple[str, str], str | None] = field(default_factory=dict)

    async def reconsider(
        self, text: str, understood: Understanding, person: Person, *, held: bool
    ) -> Understanding:
        """What the line means after all; as it was understood where the model knows no better."""
        if self.adviser is None or not _is_unsure(text, understood):
            return understood
        mask = Mask()
        question = orjson.dumps({"message": mask.hide(text, person)}).decode()
        names = "、".join(one for one in get_args(Intent) if one != "emergency")
        instruction = language_model().understand.replace("{intents}", names)
        said = _read(await self._ask(instruction, question, held=held), mask, text)
        return understood if said is None else _weighed(said, understood)

    async def phrase(self, question: str, source: str, person: Person, *, held: bool) -> str:
        """The source in friendlier words when they are faithful to it, else the source itself."""
        fits = question.strip() and len(question) <= language_model().longest_question
        if self.adviser is None or not fits:
            return source
        text = orjson.dumps({"question": Mask().hide(question, person), "source": source}).decode()
        said = await self._ask(language_model().phrase, text, held=held)
        return said if said is not None and is_faithful(said, source) else source

    async def _ask(self, instruction: str, text: str, *, held: bool) -> str | None:
        asked = (instruction, text)
        if asked in self._answers:
            return self._answers[asked]
        if self.adviser is None or held:
            return None
        left = language_model().total_seconds - (time.monotonic() - self.began)
        self._answers[asked] = await self.adviser.ask(instruction, text, seconds=left)
        return self._answers[asked]


def _is_unsure(text: str, understood: Understanding) -> bool:
    if understood.by in _DECIDED_BY_US or understood.confidence >= _UNSURE_BELOW:
        return False
    return 1 < len(plain(text)) <= language_model().longest_question


def _read(answer: str | None, mask: Mask, text: str) -> _Said | None:
    """What fits the form and stands in the customer's own words; anything else is nothing."""
    if answer is None:
        return None
    try:
        said = _Said.model_validate_json(answer)
    except ValidationError:
        return None
    values = {}
    for name in ("contact_name", "address"):
        value = getattr(said.entities, name)
        shown = None if value is None else mask.show(value)
        if value is not None and (shown is None or shown not in plain(text)):
            return None
        values[name] = shown
    return said.model_copy(update={"entities": said.entities.model_copy(update=values)})


def _weighed(said: _Said, understood: Understanding) -> Understanding:
    """Its intent with our facts first. Danger is never its to name, and what writes is only offered."""
    if said.intent in {"emergency", "unknown"} or said.intent == understood.intent:
        return understood
    known = understood.entities
    kind: CustomerKind | None = known.customer_kind or said.entities.customer_kind
    entities: Entities = replace(
        known,
        contact_name=known.contact_name or said.entities.contact_name,
        address=known.address or said.entities.address,
        customer_kind=kind,
    )
    ours = Guess(intent=understood.intent, confidence=_OFFERED)
    return Understanding(
        intent=said.intent,
        confidence=_TAKEN if said.intent in _WRITES_NOTHING else _OFFERED,
        runner_up=ours if ours.intent != "unknown" else Guess(intent="human", confidence=_OFFERED),
        entities=entities,
        by="language_model",
    )
