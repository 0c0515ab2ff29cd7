"""From a line without its facts to the wishes it may hold, the likeliest first."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from backend.bots.understanding import marks
from backend.bots.understanding.features import letters
from backend.bots.understanding.model import Model
from backend.bots.understanding.screening import Sieve
from backend.bots.understanding.values import Guess, Intent
from config.tables import Table, read

Shares = Mapping[Intent, float]
"""How likely each intent is."""
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


def rank(line: str, heard: Shares, model: Model) -> tuple[Guess, Guess]:
    """The likeliest two. A rule that fits comes first; where the whole line, `heard` as it is, leaves doubt its clauses
    are heard too.

    Of several wishes an act goes before a question.
    """
    return _first_two(_ranked(line, heard, model))


def means(line: str) -> Intent | None:
    """What a line means that is one of the few that mean one thing; None for any other."""
    return _short().get(letters(line))


def _ranked(line: str, heard: Shares, model: Model) -> Shares:
    text = letters(line)
    whole = _ruled(text, heard)
    clauses = [clause for clause in _CLAUSE.split(line) if len(letters(clause)) > 1]
    if len(clauses) < 2:
        return whole
    found = [act for clause in clauses if (act := _act_by_rule(clause, text))]
    act = min(found, key=_words().acts.index, default=None)
    likeliest = max(whole, key=whole.__getitem__)
    if act is not None and likeliest not in _words().acts:
        return _led_by(act, whole)
    if whole[likeliest] >= _CONFIDENT:
        return whole
    return _blended(whole, [_ruled(letters(clause), model.wishes(clause)) for clause in clauses])


def acts() -> tuple[Intent, ...]:
    """Of several wishes of one line these are done first, the earlier before the later."""
    return _words().acts


def _first_two(shares: Shares) -> tuple[Guess, Guess]:
    best = max(shares, key=shares.__getitem__)
    second = max((intent for intent in shares if intent != best), key=shares.__getitem__)
    return Guess(intent=best, confidence=shares[best]), Guess(intent=second, confidence=shares[second])


def _ruled(text: str, heard: Shares) -> Shares:
    sure = _by_rule(text)
    return heard if sure is None else _led_by(sure, heard)


def _led_by(first: Intent, shares: Shares) -> Shares:
    """`first` for certain, the others' shares shrunk to what that leaves."""
    scale = (1 - CERTAIN) / (sum(share for intent, share in shares.items() if intent != first) or 1)
    return {intent: share * scale for intent, share in shares.items()} | {first: CERTAIN}


def _blended(whole: Shares, clauses: list[Shares]) -> Shares:
    """The whole line counts as much as its clauses together; in a clause acts count more, courtesies less."""
    share = dict(whole)
    for clause in clauses:
        for intent, part in clause.items():
            share[intent] = share.get(intent, 0.0) + _weight(intent) * part / len(clauses)
    total = sum(share.values())
    return {intent: part / total for intent, part in share.items()}


def _weight(intent: Intent) -> float:
    if intent in _words().polite:
        return _COURTESY
    return _ACT if intent in _words().acts else 1.0


def _act_by_rule(clause: str, whole: str) -> Intent | None:
    intent = _by_rule(letters(clause), whole)
    return intent if intent in _words().acts else None


@lru_cache(maxsize=64)  # a clause is asked for its act, for its wish and for what else it may be
def _by_rule(text: str, whole: str | None = None) -> Intent | None:
    """Of `text`; what calls a rule off may stand anywhere in the `whole` line."""
    short = _short().get(text)
    if short:
        return short
    signs, sieve = _signs()
    for sign in (signs[place] for place in sieve.left(text)):
        if sign.pattern.search(text) and not (sign.unless and sign.unless.search(whole or text)):
            return sign.intent
    return None if any(character.isalnum() or character in marks.ALL for character in text) else "unknown"


@cache
def _words() -> WishWords:
    return read("assistant/wishes.toml", WishWords)


@cache
def _short() -> dict[str, Intent]:
    return {letters(line): intent for intent, lines in _words().short.items() for line in lines.split("|")}


@cache
def _signs() -> tuple[tuple[_Sign, ...], Sieve]:
    signs = tuple(
        _Sign(
            intent=row.intent,
            pattern=re.compile(row.pattern),
            unless=re.compile(row.unless) if row.unless else None,
        )
        for row in _words().sure
    )
    return signs, Sieve([row.pattern for row in _words().sure])
