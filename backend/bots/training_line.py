"""A message somebody wrote, as a line of training text: what names a person or place becomes a slot."""

import re

from backend.bots.opinion.masking import Mask
from backend.bots.understanding.plain_text import plain
from backend.queries.my_cases import Person

_SLOT_OF = {"编号": "{单号}", "电话": "{号}", "地址": "{址}", "姓名": "{人名}", "资料": "{人名}", "网址": ""}
_OF_THE_FORMAT = re.compile(r"[(){}|#]")
_FILLED = re.compile(r"\{[^{}]*\}")
_TELLING = 5  # characters of a figure that may be somebody's number


def masked(text: str) -> str:
    """The text as lists show it."""
    return Mask().hide(text, Person())


def training_line(text: str, person: Person) -> str:
    """One line for `config/assistant/training`, without what names anybody, `person` least of all; empty where nothing is
    left to learn from.
    """
    mask = Mask()
    line = mask.hide(_OF_THE_FORMAT.sub(" ", text), person)
    for token, said in mask.tokens.items():
        line = line.replace(token, _filled(token, said))
    return " ".join(line.split())


def says_nothing_personal(line: str) -> bool:
    """Whether a training line holds nothing that masking would take out, besides its slots."""
    pieces = [" ".join(piece.split()) for piece in _FILLED.split(plain(line))]
    return all(training_line(piece, Person()) == piece for piece in pieces)


def _filled(token: str, said: str) -> str:
    """A short figure is an hour or an amount, and part of what is meant."""
    kind = token.strip("〔〕").rstrip("0123456789")
    if kind == "资料" and any(
        map(str.isdigit, said)
    ):  # what the books say of them: a phone, a number, an address
        return "{号}" if said.isdigit() else "{址}"
    return _SLOT_OF.get(kind, said if len(said.strip()) < _TELLING else "{号}")
