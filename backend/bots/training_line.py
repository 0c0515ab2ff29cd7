"""A message somebody wrote, as a line of training text: what names a person or place becomes a slot."""

import re

from backend.bots.opinion.masking import Mask
from backend.queries.my_cases import Person

_SLOT_OF = {"编号": "{单号}", "电话": "{号}", "地址": "{址}", "姓名": "{人名}", "资料": "{人名}", "网址": ""}
_OF_THE_FORMAT = re.compile(r"[(){}|#]")
_TELLING = 5  # characters of a figure that may be somebody's number


def masked(text: str) -> str:
    """The text as lists show it."""
    return Mask().hide(text, Person())


def training_line(text: str) -> str:
    """One line for `config/assistant/training`; empty where nothing is left to learn from."""
    mask = Mask()
    line = mask.hide(_OF_THE_FORMAT.sub(" ", text), Person())
    for token, said in mask.tokens.items():
        line = line.replace(token, _filled(token, said))
    return " ".join(line.split())


def _filled(token: str, said: str) -> str:
    """A short figure is an hour or an amount, and part of what is meant."""
    kind = token.strip("〔〕").rstrip("0123456789")
    return _SLOT_OF.get(kind, said if len(said.strip()) < _TELLING else "{号}")
