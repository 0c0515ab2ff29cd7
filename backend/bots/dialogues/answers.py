"""Reading short answers to a question of ours: yes, skip, the second one."""

import re
from collections.abc import Sequence
from functools import cache

from backend.bots.conversation import Option
from backend.bots.heard import Heard
from backend.bots.understanding.plain_text import squeezed
from config.messages.replies import replies

_LONGEST_ANSWER = (
    24  # characters: tried in every division into words, of which there are too many in a longer line
)
_SHORTEST_NAME = 2  # characters; one alone stands in too many labels
_ORDINALS = "一二三四五六七八九十"
_CHOICE = re.compile(
    rf"(?:第|选|选择|要)?(\d{{1,2}}|[{_ORDINALS}])(?:个|项|条|号|件)?|第(\d{{1,2}}|[{_ORDINALS}])[套处户家张份]"
)


def says(text: str, meaning: str) -> bool:
    """Whether the whole line is answers of this meaning (`yes`, `skip`, …) and courtesies: 好的，确认，谢谢."""
    line = squeezed(text)
    return len(line) <= _LONGEST_ANSWER and bool(_said(meaning).fullmatch(line))


def mentions(text: str, meaning: str) -> bool:
    """Whether the line contains one of the words of this meaning (`corrects`, `phone_words`, …)."""
    line = squeezed(text)
    return any(word in line for word in _whole(meaning))


def ends(text: str, meaning: str) -> bool:
    """Whether the line ends with one of the words of this meaning."""
    return squeezed(text).endswith(tuple(_whole(meaning)))


def without_lead(text: str, meaning: str) -> str:
    """The line without what stands before the value: 我叫张三 → 张三; the last lead counts (错了，应该是李四)."""
    rest = text.strip(" ，,。.！!：:；;")
    for lead in sorted(_whole(meaning), key=len, reverse=True):
        _, found, tail = rest.rpartition(lead)
        if found and tail.strip(" ，,。.：:"):
            rest = tail
            break
    return rest.strip(" ，,。.！!：:；;")


def choose(heard: Heard, options: Sequence[Option]) -> Option | None:
    """The option that was touched, numbered or named; None when the line is something else."""
    touched = next((one for one in options if heard.menu_id and one.value == heard.menu_id), None)
    return touched or _numbered(heard.text, options) or _named(heard.text, options)


def _numbered(text: str, options: Sequence[Option]) -> Option | None:
    match = _CHOICE.fullmatch(squeezed(text))
    if match is None:
        return None
    said = match[1] or match[2]
    place = int(said) if said.isdecimal() else _ORDINALS.index(said) + 1
    return options[place - 1] if 0 < place <= len(options) else None


def _named(text: str, options: Sequence[Option]) -> Option | None:
    line = squeezed(text)
    if len(line) < _SHORTEST_NAME:
        return None
    named = [one for one in options if line in squeezed(one.label) or squeezed(one.label) in line]
    return named[0] if len(named) == 1 else None


@cache
def _said(meaning: str) -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in sorted(_whole(meaning), key=len, reverse=True))
    polite = "|".join(re.escape(word) for word in sorted(_whole("polite"), key=len, reverse=True))
    return re.compile(f"(?:{polite})*(?:(?:{words})(?:{polite})*)+")


@cache
def _whole(meaning: str) -> frozenset[str]:
    words: str = getattr(replies().words, meaning)
    return frozenset(word if meaning.endswith("leads") else squeezed(word) for word in words.split("|"))
