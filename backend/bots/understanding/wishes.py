"""From a line without its facts to the wishes it may hold, the likeliest first."""

import re
from dataclasses import dataclass
from functools import cache

from backend.bots.understanding import marks
from backend.bots.understanding.features import letters
from backend.bots.understanding.model import Model
from backend.bots.understanding.values import Guess, Intent
from config.tables import Table, read

CERTAIN = 0.99
"""How sure a rule is; the model never comes to exactly this."""
_CONFIDENT = 0.9
_COURTESY, _ACT = 0.3, 2.0  # how much a clause's guess counts
_CLAUSE = re.compile(r"[,，。;；!！?？\n、 ]+")


class SureSign(Table):
    """A pattern that tells the intent, unless one of the other words stands in the line."""

    intent: Intent
    pattern: str
    unless: str = ""


class WishWords(Table):
    """`acts` in order of precedence, `polite` intents that yield to any wish, whole lines that mean one thing, and
    patterns surer than the model, tried in order.
    """

    acts: tuple[Intent, ...]
    polite: tuple[Intent, ...]
    short: dict[Intent, str]
    sure: tuple[SureSign, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sign:
    intent: Intent
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None


def rank(line: str, model: Model) -> list[Guess]:
    """At least two guesses. A rule that fits comes first; where the whole line leaves doubt its clauses are heard too.

    Of several wishes an act goes before a question.
    """
    whole = _rank(line, model)
    clauses = [clause for clause in _CLAUSE.split(line) if len(letters(clause)) > 1]
    if len(clauses) < 2:
        return whole
    found = [act for clause in clauses if (act := _act_by_rule(clause))]
    act = min(found, key=_words().acts.index, default=None)
    if act is not None and whole[0].intent not in _words().acts:
        return _led_by(Guess(intent=act, confidence=CERTAIN), whole)
    if whole[0].confidence >= _CONFIDENT:
        return whole
    return _blended(whole, [_rank(clause, model) for clause in clauses])


def acts() -> tuple[Intent, ...]:
    """Of several wishes of one line these are done first, the earlier before the later."""
    return _words().acts


def _rank(line: str, model: Model) -> list[Guess]:
    guesses = model.guesses(line)
    sure = _by_rule(letters(line))
    return guesses if sure is None else _led_by(Guess(intent=sure, confidence=CERTAIN), guesses)


def _led_by(first: Guess, guesses: list[Guess]) -> list[Guess]:
    """`first` before the others, their confidence shrunk to what it leaves."""
    rest = [guess for guess in guesses if guess.intent != first.intent]
    scale = (1 - first.confidence) / (sum(guess.confidence for guess in rest) or 1)
    return [first, *(Guess(intent=guess.intent, confidence=guess.confidence * scale) for guess in rest)]


def _blended(whole: list[Guess], clauses: list[list[Guess]]) -> list[Guess]:
    """The whole line counts as much as its clauses together; in a clause acts count more, courtesies less."""
    share = dict.fromkeys((guess.intent for guess in whole), 0.0)
    for guess in whole:
        share[guess.intent] += guess.confidence
    for guess in (guess for clause in clauses for guess in clause):
        share[guess.intent] += _weight(guess.intent) * guess.confidence / len(clauses)
    total = sum(share.values())
    blended = (Guess(intent=intent, confidence=part / total) for intent, part in share.items())
    return sorted(blended, key=lambda guess: -guess.confidence)


def _weight(intent: Intent) -> float:
    if intent in _words().polite:
        return _COURTESY
    return _ACT if intent in _words().acts else 1.0


def _act_by_rule(clause: str) -> Intent | None:
    intent = _by_rule(letters(clause))
    return intent if intent in _words().acts else None


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
