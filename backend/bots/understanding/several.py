"""The other wishes of a line that holds several: 我要报装，顺便问下多少钱，还要什么资料."""

import re
from dataclasses import replace
from datetime import datetime

from backend.bots.understanding.addresses import HAS_NUMBER, find_addresses
from backend.bots.understanding.entities import read_facts
from backend.bots.understanding.model import Model
from backend.bots.understanding.plain_text import plain
from backend.bots.understanding.understand import understand
from backend.bots.understanding.values import Entities, Intent, Understanding
from backend.bots.understanding.wishes import acts, means, rank

_CLAUSE = re.compile(r"[,，。;；!！?？、\n ]+|顺便|还有|另外|再就是|同时|以及|然后")
_ENGLISH = re.compile(r"[,;!?\n]+|\. |\b(?:and|also|plus|but)\b", re.IGNORECASE)
_HAN = re.compile("[\u4e00-\u9fff]")
_LONGEST, _MOST_CLAUSES, _SHORTEST = 300, 8, 2
_SURE = 0.8
_OFFERED: frozenset[Intent] = frozenset(
    {"apply", "progress", "documents_needed", "time_limit", "package", "channels", "manager_contact", "urge", "complaint", "human", "reschedule_visit", "book_visit", "cancel"}
)  # fmt: skip
# Who says one of these says the other with it: 等了三天了，怎么还不来，我要投诉.
_ALIKE: tuple[frozenset[Intent], ...] = (
    frozenset({"urge", "progress", "complaint", "time_limit"}),
    frozenset({"book_visit", "reschedule_visit", "apply"}),
    frozenset({"complaint", "human"}),
    frozenset({"manager_contact", "human"}),
    frozenset({"channels", "apply"}),
)


def understand_all(text: str, *, now: datetime, model: Model) -> tuple[Understanding, tuple[Intent, ...]]:
    """The line's first wish, and the others: an act goes before a question, whatever was said first."""
    understood = understand(text, now=now, model=model)
    wishes = _wishes_of_clauses(text, now=now, model=model)
    if understood.intent in wishes and understood.by == "model" and understood.confidence < _SURE:
        # one clause says it plainly, the others only blur it
        understood = replace(understood, confidence=_SURE)
    others = _apart_from(understood.intent, wishes)
    act = next((one for one in acts() if one in others), None)
    if understood.by == "safety" or act is None or understood.intent in acts():
        return understood, others
    rest = tuple(understood.intent if one == act else one for one in others)
    return replace(understood, intent=act, confidence=_SURE, page=None), rest


def _wishes_of_clauses(text: str, *, now: datetime, model: Model) -> list[Intent]:
    """What the clauses want that say one thing plainly and state no facts."""
    line = plain(text[:_LONGEST])
    parts = (_CLAUSE if _HAN.search(line) else _ENGLISH).split(line)
    clauses = [clause for clause in map(str.strip, parts) if len(clause) >= _SHORTEST]
    if not 1 < len(clauses) <= _MOST_CLAUSES:
        return []
    wishes: list[Intent] = []
    for clause in clauses:
        if means(clause) not in _OFFERED | {None}:
            continue  # 你好, 谢谢
        reading = read_facts(clause, now)
        best, _ = rank(reading.rest, model.wishes(reading.rest), model)
        if best.intent in _OFFERED and best.confidence >= _SURE and reading.entities == Entities():
            wishes.append(best.intent)
    return wishes


def _apart_from(first: Intent, wishes: list[Intent]) -> tuple[Intent, ...]:
    """The wishes besides the first, in the order said; nothing that one says together with another."""
    others: list[Intent] = []
    for wish in wishes:
        if not any(_are_one(wish, one) for one in (first, *others)):
            others.append(wish)
    return tuple(others)


def places_in(text: str) -> tuple[str, ...]:
    """Every address of the line, each once: a company with several sites names them together."""
    line = plain(text[:_LONGEST])
    if not HAS_NUMBER.search(line):
        return ()
    found = find_addresses(line)
    return tuple(dict.fromkeys(one.value for one in found if re.search(r"\d", one.value)))


def _are_one(one: Intent, other: Intent) -> bool:
    return one == other or any({one, other} <= group for group in _ALIKE)
