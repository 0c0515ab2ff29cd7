"""From a line without its facts to the wishes it may hold, the likeliest first."""

import re
from dataclasses import dataclass
from functools import cache

from backend.bots.understanding import marks
from backend.bots.understanding.features import letters
from backend.bots.understanding.model import Model
from backend.bots.understanding.values import Guess, Intent
from config.tables import Table, read

_CERTAIN = 0.99


class SureSign(Table):
    """A pattern that tells the intent, unless one of the other words stands in the line."""

    intent: Intent
    pattern: str
    unless: str = ""


class WishWords(Table):
    """Whole lines that mean one thing, and patterns surer than the model, tried in order."""

    short: dict[Intent, str]
    sure: tuple[SureSign, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sign:
    intent: Intent
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None


def rank(line: str, model: Model) -> list[Guess]:
    """At least two guesses; a rule that fits comes first and certain, the model's opinion after it."""
    text = letters(line)
    guesses = model.guesses(line)
    sure = _by_rule(text)
    if sure is None:
        return guesses
    rest = [guess for guess in guesses if guess.intent != sure]
    scale = (1 - _CERTAIN) / (sum(guess.confidence for guess in rest) or 1)
    return [
        Guess(intent=sure, confidence=_CERTAIN),
        *(Guess(intent=guess.intent, confidence=guess.confidence * scale) for guess in rest),
    ]


def _by_rule(text: str) -> Intent | None:
    short = _short().get(text)
    if short:
        return short
    for sign in _signs():
        if sign.pattern.search(text) and not (sign.unless and sign.unless.search(text)):
            return sign.intent
    return None if any(character.isalnum() or character in marks.ALL for character in text) else "unknown"


@cache
def _words() -> WishWords:
    return read("assistant/wishes.toml", WishWords)


@cache
def _short() -> dict[str, Intent]:
    return {letters(line): intent for intent, lines in _words().short.items() for line in lines.split("|")}


@cache
def _signs() -> tuple[_Sign, ...]:
    return tuple(
        _Sign(
            intent=row.intent,
            pattern=re.compile(row.pattern),
            unless=re.compile(row.unless) if row.unless else None,
        )
        for row in _words().sure
    )
