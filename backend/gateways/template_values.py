"""Values as the platform's typed template fields take them; one that does not fit would be refused with the whole message."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from config.messages.texts import PlatformTemplate, fill, words

_TYPE = re.compile(r"[a-z_]+")
_UNFIT = re.compile(r"[\s\x00-\x1f\x7f]+")
_UNBREAKABLE = re.compile(r"[A-Za-z0-9.:*+/-]+\Z")  # numbers, phones, hours: half of one reads like another
_MOMENT = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日( \d{1,2}:\d{2})?|\d{1,2}:\d{2}")
_NOT_ASCII = re.compile(r"[^\x20-\x7e]+")
_NOT_PHONE = re.compile(r"[^\d+() -]+")
_NO_ASCII_WORD = "-"


def values_of(
    template: PlatformTemplate, facts: Mapping[str, str], *, at: datetime, zone: ZoneInfo
) -> dict[str, str]:
    """The template's fields with their patterns filled and shaped; `at` is the fact of that name, said in `zone`."""
    moment = _say_moment(at, zone)
    told = {**facts, "at": moment}
    return {key: shape(key, fill(pattern, told), moment=moment) for key, pattern in template.fields.items()}


def shape(key: str, text: str, *, moment: str) -> str:
    """The text as the type in its key (`thing1`, `time4`) takes it; `moment` stands in where a time was expected."""
    line = _UNFIT.sub(" ", text).strip()
    kind = kind_of(key)
    if kind in _MOMENTS:
        found = _MOMENT.search(line)
        return found[0] if found else moment
    return _SHAPES.get(kind, _thing)(line)


def kind_of(key: str) -> str:
    """The platform's type of a field, such as `thing` of `thing1`."""
    found = _TYPE.match(key)
    return found[0] if found else ""


def _thing(line: str) -> str:
    return _cut(line, limit=20, mark="…") or words().none


def _character_string(line: str) -> str:
    return _cut(_NOT_ASCII.sub("", line).strip(), limit=32, mark="...") or _NO_ASCII_WORD


def _phone_number(line: str) -> str:
    number = _NOT_PHONE.sub("", line).strip()
    return number if 0 < len(number) <= 17 else _NO_ASCII_WORD  # a shortened number would ring somebody else


def _phrase(line: str) -> str:
    chinese = bool(re.fullmatch(r"[\u4e00-\u9fff]{1,5}", line))
    return line if chinese else words().none  # the type has no room for a mark that something was cut


_SHAPES: Mapping[str, Callable[[str], str]] = {
    "thing": _thing,
    "character_string": _character_string,
    "phone_number": _phone_number,
    "phrase": _phrase,
}
_MOMENTS = frozenset({"time", "date"})
SHAPED = frozenset(_SHAPES) | _MOMENTS
"""The types whose values are made to fit here."""


def _cut(line: str, *, limit: int, mark: str) -> str:
    """At most `limit` units of UTF-16, as the platform counts; what was cut is marked, and no number is cut in two."""
    if _units(line) <= limit:
        return line
    room = limit - len(mark)
    end = next(length for length in range(len(line), -1, -1) if _units(line[:length]) <= room)
    head = line[:end]
    if _UNBREAKABLE.match(line[end]):
        head = _UNBREAKABLE.sub("", head) or head
    return head.rstrip() + mark


def _units(text: str) -> int:
    return sum(2 if ord(letter) > 0xFFFF else 1 for letter in text)


def _say_moment(at: datetime, zone: ZoneInfo) -> str:
    local = at.astimezone(zone)
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"
