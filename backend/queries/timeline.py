"""What happened to a case, in the words its customer reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from config.messages.texts import fill, words


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One line of the timeline; `event` is its stable name."""

    at: datetime
    event: str
    title: str
    detail: str


class Step(Protocol):
    """One step that was taken, however it was read."""

    @property
    def name(self) -> str: ...
    @property
    def stage(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def facts(self) -> dict[str, Any]: ...


def tell(events: Sequence[Step]) -> tuple[Happening, ...]:
    """The events that have a text; the others are for staff only."""
    texts = words().events
    return tuple(
        Happening(
            at=event.at,
            event=event.name,
            title=texts[event.name].name,
            detail=fill(texts[event.name].detail, _shown(event.facts)),
        )
        for event in events
        if event.name in texts
    )


def _shown(facts: dict[str, object]) -> dict[str, str]:
    """Facts as text: reasons by name, what nobody gave left to the word for nothing."""
    reasons = {**words().pause_reasons, **words().attempt_reasons}
    return {key: reasons.get(str(value), str(value)) for key, value in facts.items() if value is not None}
