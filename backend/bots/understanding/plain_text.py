"""One spelling for what people type: half-width, simplified, without invisible characters."""

import re
import unicodedata
from functools import cache, lru_cache

from config.tables import Table, read

_INVISIBLE = frozenset({"Cf", "Cs", "Co", "Cn", "Mn"})
_MARKS = frozenset("PSZC")
_COMMAS = re.compile(",,+")
_TYPED_APART = re.compile(r"(?<!\S)(?:\S\s+){3,}\S(?!\S)")


class Traditional(Table):
    """Traditional characters and, at the same place, the simplified ones."""

    traditional: str
    simplified: str


@cache
def _simplified() -> dict[int, str]:
    table = read("assistant/traditional.toml", Traditional)
    return {ord(old): new for old, new in zip(table.traditional, table.simplified, strict=True)}


@lru_cache(maxsize=128)  # one message is read twenty times on its way through the dialogues
def plain(text: str) -> str:
    """The line as one would print it: NFKC, simplified, one space for any gap, nothing invisible. Never fails."""
    half_width = unicodedata.normalize("NFKC", text).translate(_simplified())
    return " ".join("".join(map(_visible, half_width)).split())


def typed_together(text: str) -> str:
    """Without the gaps in 「g a s   l e a k」: the shortest of a run stand between letters, longer ones between words."""
    return _TYPED_APART.sub(_words_of, text)


def _words_of(run: re.Match[str]) -> str:
    gaps = re.findall(r"\s+", run.group())
    shortest = min(map(len, gaps))
    return re.sub(r"\s+", lambda gap: "" if len(gap.group()) == shortest else " ", run.group())


@lru_cache(maxsize=4096)  # characters
def _visible(character: str) -> str:
    if character.isascii() and character.isprintable():
        return character
    category = unicodedata.category(character)
    if category in _INVISIBLE:
        return ""
    return " " if category[0] in "ZC" else character


@lru_cache(maxsize=128)
def clauses(text: str) -> str:
    """Lower case without spaces; every run of marks is one comma. What the safety rules read."""
    marked = "".join(map(_kept, plain(text).lower().replace(" ", "")))
    return _COMMAS.sub(",", marked).removeprefix(",")


@lru_cache(maxsize=4096)  # characters
def _kept(character: str) -> str:
    is_mark = unicodedata.category(character)[0] in _MARKS and ord(character) <= 0x1F000
    return "," if is_mark else character


def squeezed(text: str) -> str:
    """As `clauses`, without the commas: 「漏.气」 reads 漏气."""
    return clauses(text).replace(",", "")
