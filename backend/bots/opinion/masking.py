"""Hides what is personal in a text behind tokens such as 〔电话1〕, and puts it back.

Hidden are the facts our own search finds, all we know of the person, names as they stand in a sentence, addresses of the
web, and every figure that is left, typed or spoken.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from backend.bots.understanding.addresses import find_addresses
from backend.bots.understanding.found import Found
from backend.bots.understanding.lexicon import lexicon
from backend.bots.understanding.names import find_names
from backend.bots.understanding.phones import find_application_numbers, find_phones
from backend.bots.understanding.plain_text import plain
from backend.queries.my_cases import Person

_WEB = re.compile(r"https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.[\w.]+|(?<![A-Za-z])[A-Za-z][\w-]{5,}(?![A-Za-z])")
_INTRODUCED = re.compile(
    r"(?<=叫)[\u4e00-\u9fff·]{2,5}(?=$|[^\u4e00-\u9fff])|(?:(?<=姓名)|(?<=名字是))[是:： ]?[\u4e00-\u9fff·]{2,5}"
)
_TITLES = "师傅|老师|经理|总|医生|大夫|主任|哥|姐|叔|婶"
_FIGURE = re.compile(r"\d[\d\-. ]*[xX]?|[零〇一二两三四五六七八九十百千幺壹贰叁肆伍陆柒捌玖]{2,}")
_TOKEN = re.compile(r"〔[^〔〕]{1,8}〕")
_SHORTEST = 2


@dataclass(slots=True)
class Mask:
    """One text's tokens and what they stand for."""

    tokens: dict[str, str] = field(default_factory=dict)

    def hide(self, text: str, person: Person) -> str:
        """The text as a stranger may see it."""
        line = _TOKEN.sub(" ", plain(text))
        for word in sorted(_known(person), key=len, reverse=True):
            line = line.replace(word, self._token("资料", word)) if word in line else line
        for kind, find in (
            ("编号", find_application_numbers),
            ("电话", find_phones),
            ("地址", find_addresses),
        ):
            line = self._hide_found(line, kind, find(line))
        line = self._hide_found(line, "姓名", find_names(line))
        patterns = (
            ("姓名", _INTRODUCED),
            ("姓名", _named()),
            ("地址", _community()),
            ("网址", _WEB),
            ("数字", _FIGURE),
        )
        for kind, pattern in patterns:
            line = self._hide_matches(line, kind, pattern)
        return line

    def show(self, text: str) -> str | None:
        """With the tokens put back; None when it names one we did not give."""
        if any(token not in self.tokens for token in _TOKEN.findall(text)):
            return None
        return _TOKEN.sub(lambda token: self.tokens[token[0]], text)

    def _hide_found(self, line: str, kind: str, found: Iterable[Found[str]]) -> str:
        for one in sorted(found, key=lambda one: one.start, reverse=True):
            said = line[one.start : one.end]
            if "〔" not in said and "〕" not in said:
                line = line[: one.start] + self._token(kind, said) + line[one.end :]
        return line

    def _hide_matches(self, line: str, kind: str, pattern: re.Pattern[str]) -> str:
        """Beside the tokens that stand already."""
        pieces = re.split(f"({_TOKEN.pattern})", line)
        return "".join(
            piece if _TOKEN.fullmatch(piece) else pattern.sub(lambda m: self._token(kind, m[0]), piece)
            for piece in pieces
        )

    def _token(self, kind: str, said: str) -> str:
        known = next((token for token, value in self.tokens.items() if value == said), None)
        if known is None:
            known = f"〔{kind}{len(self.tokens) + 1}〕"
            self.tokens[known] = said
        return known


def _known(person: Person) -> set[str]:
    """What the books say of the person, as they may write it."""
    said = {person.name, person.phone}
    for case in person.cases:
        said |= {case.number, case.contact_name, case.contact_phone, case.address}
    return {plain(one) for one in said if one and len(plain(one)) >= _SHORTEST}


@cache
def _named() -> re.Pattern[str]:
    """A surname with one or two characters where a name would stand: 张三家装了没有."""
    words = lexicon().names
    surname = f"(?:(?!{words.not_names})(?:{words.compound}|[{words.surnames}]))"
    return re.compile(
        f"(?<![\u4e00-\u9fff]){surname}[\u4e00-\u9fff]{{1,2}}(?=家|的|他|她|说|$|[^\u4e00-\u9fff]|{words.titles})"
        f"|{surname}[\u4e00-\u9fff]{{0,2}}(?:{words.titles}|{words.work}|{_TITLES})"
    )


@cache
def _community() -> re.Pattern[str]:
    """Places named without a number: 龙湖锦园那边."""
    named = [
        word for word in lexicon().addresses.suffixes.split("|") if re.fullmatch("[\u4e00-\u9fff]{2,}", word)
    ]
    return re.compile(f"[\u4e00-\u9fff]{{1,5}}(?:{'|'.join(named)})")
