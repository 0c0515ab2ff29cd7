"""One line of a customer, understood."""

from dataclasses import replace
from datetime import datetime

from backend.bots.understanding.entities import read_facts
from backend.bots.understanding.model import Model
from backend.bots.understanding.plain_text import plain
from backend.bots.understanding.values import DecidedBy, Entities, Guess, Intent, Understanding
from backend.bots.understanding.wishes import CERTAIN, rank
from backend.bots.vigilance import watch

_LONGEST = 1000
_CONFIDENT = 0.75
DOUBTFUL = 0.6  # a danger that is asked about first
_SURE_OF_VISIT = 0.9  # an hour among the particulars is a wish of the applicant, not yet a visit to book
# A day named in these is no wish for a visit: 今天天气, 明天能通气吗, 下周要交气费.
_WITHOUT_VISIT: frozenset[Intent] = frozenset(
    {"out_of_scope", "greeting", "thanks", "rate", "progress", "time_limit", "package", "documents_needed"}
)


def understand(text: str, *, now: datetime, model: Model) -> Understanding:
    """What the line wants and states. `now` is aware and in the zone the customer lives in. Never fails on any text."""
    line = plain(text[:_LONGEST])
    reading = read_facts(line, now)
    danger = watch(text, model)
    if danger is not None:
        return Understanding(
            intent="emergency",
            confidence=1.0 if danger.certain else DOUBTFUL,
            runner_up=None,
            entities=reading.entities,
            by="safety",
        )
    best, second, *_ = rank(reading.rest, model)
    by: DecidedBy = "rule" if best.confidence == CERTAIN else "model"
    sure = _SURE_OF_VISIT if best.intent == "book_visit" else _CONFIDENT
    if best.confidence < sure and _leaves_particulars(reading.entities):
        best, second, by = Guess(intent="apply", confidence=_CONFIDENT), best, "facts"
    return Understanding(
        intent=best.intent,
        confidence=best.confidence,
        runner_up=Guess(intent=second.intent, confidence=second.confidence),
        entities=_fitting(reading.entities, best.intent),
        by=by,
    )


def _leaves_particulars(entities: Entities) -> bool:
    """Whoever leaves a telephone number with an address wants gas there, whatever else the words are like."""
    return entities.contact_phone is not None and entities.address is not None


def _fitting(entities: Entities, intent: Intent) -> Entities:
    return replace(entities, preferred_visit_at=None) if intent in _WITHOUT_VISIT else entities
