"""Who is to be called."""

import re
from dataclasses import dataclass
from functools import cache

from backend.bots.understanding.found import Found
from backend.bots.understanding.lexicon import lexicon
from backend.bots.understanding.marks import PHONE

_HAN = "[\u4e00-\u9fff]"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Patterns:
    introduced: re.Pattern[str]
    titled: re.Pattern[str]
    surname_only: re.Pattern[str]
    beside_phone: re.Pattern[str]
    alone: re.Pattern[str]


def find_names(line: str) -> list[Found[str]]:
    """Names said as such (我叫张三, 联系人李四, 王女士, 张三 138…); the line's phones must be marked already."""
    patterns = _patterns()
    for pattern in (patterns.introduced, patterns.beside_phone, patterns.titled, patterns.surname_only):
        found = [
            Found(
                value="".join(text for text in match.groups() if text), start=match.start(), end=match.end()
            )
            for match in pattern.finditer(line)
        ]
        if found:
            return found
    return []


def bare_name(line: str) -> str | None:
    """The name when the whole line is one: the answer to 「怎么称呼您？」."""
    match = _patterns().alone.fullmatch(line.strip(" ,.。!~"))
    return "".join(text for text in match.groups() if text) if match else None


@cache
def _patterns() -> _Patterns:
    words = lexicon().names
    stop = f"(?:{words.stops})"
    surname = f"(?:(?!{words.not_names})(?:{words.compound}|[{words.surnames}]))"
    given = f"(?!{words.never}|电话|手机|号码){_HAN}(?:(?!{stop}){_HAN})?"
    boundary = f"(?=$|[^\u4e00-\u9fff]|{stop}|{words.titles})"
    name = f"({surname}{given}){boundary}"
    phone_word = "(?:的?(?:联系)?(?:电话|手机)号?码?(?:是|为)?|号码是?)?"
    return _Patterns(
        introduced=re.compile(
            f"(?:{words.introductions})[: ,]{{0,2}}{name}|(?:^|[,。;! ]|你好|您好)(?:我|俺|这边)是 ?{name}"
        ),
        titled=re.compile(f"({surname})(?:{given})??({words.titles})(?!电话多少)"),
        surname_only=re.compile(f"姓({surname})(?:[, ]{{0,2}}(?:叫我|称呼)?(先生|女士))?"),
        beside_phone=re.compile(
            f"(?:^|[^\u4e00-\u9fff]){name}[ ,:]{{0,2}}{phone_word}[ ,:]{{0,2}}{PHONE}|{PHONE}[ ,:]{{0,2}}{name}"
        ),
        alone=re.compile(
            f"(?:我?叫|我是|姓名|联系人)?[: ]?({surname}(?:{_HAN}){{1,2}})|({surname})({words.titles})|姓({surname})"
        ),
    )
