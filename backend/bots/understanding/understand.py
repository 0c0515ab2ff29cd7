"""One line of a customer, understood."""

from dataclasses import replace
from datetime import datetime

from backend.bots.understanding.entities import read_facts
from backend.bots.understanding.model import Model, Opinion
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
# Measured on questions the model had not seen (docs/assistant.md).
_LIKELY_PAGE, _SURE_PAGE, _NO_WISH = 0.15, 0.6, 0.5
_BY_PAGE: frozenset[Intent] = frozenset(
    {"documents_needed", "time_limit", "package", "channels", "out_of_scope", "unknown"}
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
    opinion = model.opinion(reading.rest)
    best, second = rank(reading.rest, opinion.wishes, model)
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
        page=_page(opinion, best, by),
    )


def _page(opinion: Opinion, best: Guess, by: DecidedBy) -> str | None:
    """Wishes that a page answers, and lines no wish fits, take a likely page; any other wish only a sure one."""
    name, share = opinion.page, opinion.page_share
    open_to_pages = best.intent in _BY_PAGE or best.confidence < _NO_WISH
    if open_to_pages and by != "facts":
        return name if share >= _LIKELY_PAGE else None
    return name if share >= _SURE_PAGE and by == "model" else None


def _leaves_particulars(entities: Entities) -> bool:
    """Whoever leaves a telephone number with an address wants gas there, whatever else the words are like."""
    return entities.contact_phone is not None and entities.address is not None


def _fitting(entities: Entities, intent: Intent) -> Entities:
    return replace(entities, preferred_visit_at=None) if intent in _WITHOUT_VISIT else entities
