"""The hour a customer would like to be visited: 明天上午十点, 下周三下午, 12月3号."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Literal

from backend.bots.understanding.found import Found
from backend.bots.understanding.lexicon import PartOfDay, lexicon
from backend.bots.understanding.numerals import number, whole_number
from backend.bots.understanding.visit_days import DAY, day_of

_N = r"(?:\d{1,2}|[零一二两三四五六七八九十]{1,3})"
_FROM_NOW = re.compile(rf"({_N}|半)个?半?个?(?:小时|钟头)(?:以后|之后|后|过后)")
_TOO_EARLY_FOR_MORNING = 7
PartName = Literal["morning", "noon", "afternoon", "evening"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wish:
    """What was said about the hour; `end` is where it stops in the line."""

    part: PartName | None
    hour: int | None
    minute: int
    end: int


def find_visit_times(line: str, now: datetime) -> list[Found[datetime | None]]:
    """Wished hours that lie after `now`, in its zone; None for a day told about the past (周五申请的) or refused."""
    found = [_at(match, line, now) for match in DAY.finditer(line)]
    if found:
        return found
    # every part of an hour may be missing, so the pattern fits everywhere: it is tried where something tells an hour
    told = _hour().finditer(line) if _sign_of_hour().search(line) else ()
    hours = [_without_day(match, line, now) for match in told]
    return [one for one in hours if one] + [_from_now(match, now) for match in _FROM_NOW.finditer(line)]


def _at(match: re.Match[str], line: str, now: datetime) -> Found[datetime | None]:
    start, end, day = match.start(), match.end(), day_of(match, now.date())
    hour = _hour().match(line, end)
    wish = _wish(hour, end) if hour else _Wish(part=None, hour=None, minute=0, end=end)
    told = day is None or _is_no_wish(line, start, wish.end)
    return Found(value=None if told or day is None else _moment(day, wish, now), start=start, end=wish.end)


def _without_day(match: re.Match[str], line: str, now: datetime) -> Found[datetime | None] | None:
    wish = _wish(match, match.end())
    if (wish.hour is None and not match.group("part")) or _is_no_wish(line, match.start(), wish.end):
        return None
    today = _moment(now.date(), wish, now)
    value = today or _moment(now.date() + timedelta(days=1), wish, now)
    return Found(value=value, start=match.start(), end=wish.end)


def _from_now(match: re.Match[str], now: datetime) -> Found[datetime | None]:
    hours = number(match.group(1)) or 0
    half = 0.5 if "半个" in match.group()[1:] or "个半" in match.group() else 0.0
    return Found(value=now + timedelta(hours=hours + half), start=match.start(), end=match.end())


def _is_no_wish(line: str, start: int, end: int) -> bool:
    return bool(_no_wish().match(line, end)) or line[max(0, start - 1) : start] in {"上", "前", "昨"}


def _moment(day: date, wish: _Wish, now: datetime) -> datetime | None:
    """The hour said, or the usual one of that part of the day; when that has just gone by, the next full hour in it."""
    hours = lexicon().visit_hours
    part: PartOfDay = getattr(hours, wish.part) if wish.part else hours.day
    hour = part.hour if wish.hour is None else _on_the_clock(wish.hour, wish.part)
    if hour > 23 or wish.minute > 59:
        return None
    value = datetime.combine(day, time(hour, wish.minute), tzinfo=now.tzinfo)
    if value > now:
        return value
    later = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return later if wish.hour is None and later.date() == day and later.hour < part.until else None


def _on_the_clock(hour: int, part: PartName | None) -> int:
    """三点 without more is the afternoon: nobody is visited at night."""
    if part in {"afternoon", "evening"} and hour < 12:
        return hour + 12
    if part == "noon" and hour < 4:
        return hour + 12
    return hour + 12 if part is None and 1 <= hour < _TOO_EARLY_FOR_MORNING else hour


def _wish(match: re.Match[str], end: int) -> _Wish:
    clock = match.group("clock") or match.group("hour")
    minute = match.group("minute") or match.group("minutes") or "0"
    return _Wish(
        part=_part(match.group("part") or ""),
        hour=None if clock is None else whole_number(clock),
        minute={"半": 30, "一刻": 15, "三刻": 45}.get(minute) or whole_number(minute) or 0,
        end=end if not match.group().strip() else match.end(),
    )


def _part(word: str) -> PartName | None:
    words = lexicon().visit_words
    for name, alternatives in (
        ("evening", words.evening),
        ("noon", words.noon),
        ("afternoon", words.afternoon),
        ("morning", words.morning),
    ):
        if word and re.fullmatch(alternatives, word):
            return name  # type: ignore[return-value]  # the four names are literals of PartName
    return None


@cache
def _hour() -> re.Pattern[str]:
    words = lexicon().visit_words
    parts = f"{words.morning}|{words.noon}|{words.afternoon}|{words.evening}"
    clock = r"(?P<clock>\d{1,2})(?::|时|点)(?P<minute>\d{1,2})(?:分)?(?![\d块元方])"
    spoken = rf"(?P<hour>{_N}) ?(?:点钟?|时(?!候|间))(?!都|也|儿|意见|建议|要求|问题|疑问|不)(?:整|(?P<minutes>半|一刻|三刻|[\d一二三四五]?[十\d][一二三四五六七八九\d]?)分?)?(?![\d几])"
    until = rf"(?:(?:到|至|-|~){_N}(?:点|:\d\d)半?)?"
    return re.compile(
        rf"[ ,的那]{{0,2}}(?:(?P<part>{parts})(?:的|大概|大约|左右|就)?)?[ ,]?(?:(?:{clock}|{spoken}){until})?(?:左右|前后|以后|之后)?"
    )


@cache
def _sign_of_hour() -> re.Pattern[str]:
    words = lexicon().visit_words
    return re.compile(f"[:时点]|{words.morning}|{words.noon}|{words.afternoon}|{words.evening}")


@cache
def _no_wish() -> re.Pattern[str]:
    words = lexicon().visit_words
    return re.compile(rf"[ ,]?(?:{words.past}|{words.unsuited})")
