"""When a customer would like to be visited: 明天上午十点, 下周三下午, 12月3号, also where day and hour stand apart."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from backend.bots.understanding.found import Found
from backend.bots.understanding.lexicon import PartOfDay, lexicon
from backend.bots.understanding.numerals import number
from backend.bots.understanding.visit_days import DAY, WEEKDAY_BESIDE, day_of
from backend.bots.understanding.visit_hours import Hour, hour_at, hours_in, is_told, is_wished

_FROM_NOW = re.compile(
    r"(\d{1,2}|[零一二两三四五六七八九十]{1,3}|半)个?半?个?(?:小时|钟头)(?:以后|之后|后|过后)"
)
_AFTER = re.compile(
    r"过(?<![不都又]过)(\d{1,2}|[一二两三四五六七八九十]{1,3}|半)个?半?个?(?:小时|钟头)"
    r"(?=(?:再|才|就|你们?|您|恁们?|师傅|[让叫派](?:他|人|师傅))*(?:来|过来|上门|可以|行|有空|在家)(?!了))"
)
_BESIDE = re.compile("[ ,、和跟与]?")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Day:
    """A day that was named; `hour` what was said of it there; `told` when it is not wished for."""

    day: date | None
    hour: Hour
    told: bool
    start: int
    end: int


def find_visit_times(line: str, now: datetime) -> list[Found[datetime | None]]:
    """Wished hours that lie after `now`, in its zone; None for a day told about the past (周五申请的) or refused."""
    days = _days(line, now.date())
    apart = [
        one for one in hours_in(line) if not any(day.start < one.end and one.start < day.end for day in days)
    ]
    if days:
        return _on_days(days, [one for one in apart if one.hour is not None], now)
    return [*filter(None, (_without_day(one, now) for one in apart))] + [
        _from_now(match, now) for way in (_FROM_NOW, _AFTER) for match in way.finditer(line)
    ]


def _days(line: str, today: date) -> list[_Day]:
    """In order; who has no time 周二周三 refuses both."""
    found: list[_Day] = []
    for match in DAY.finditer(line):
        if found and match.start() < found[-1].end:
            continue
        found.append(_day(match, line, today))
    for at in range(len(found) - 2, -1, -1):
        between = line[found[at].end : found[at + 1].start]
        if found[at + 1].told and found[at].hour.hour is None and _BESIDE.fullmatch(between):
            found[at] = replace(found[at], told=True)
    return found


def _day(match: re.Match[str], line: str, today: date) -> _Day:
    beside = WEEKDAY_BESIDE.match(line, match.end())
    end = beside.end() if beside else match.end()
    hour = hour_at(line, end) or Hour(part=None, hour=None, minute=0, start=end, end=end)
    day = day_of(match, today)
    told = is_told(line, match.start(), hour.end) or (
        day == today and not is_wished(line, match.start(), hour)
    )
    return _Day(day=day, hour=hour, told=told, start=match.start(), end=hour.end)


def _on_days(days: Sequence[_Day], apart: Sequence[Hour], now: datetime) -> list[Found[datetime | None]]:
    return [
        Found(value=_wished(day, _hour_apart(days, at, apart), now), start=day.start, end=day.end)
        for at, day in enumerate(days)
    ]


def _hour_apart(days: Sequence[_Day], at: int, apart: Sequence[Hour]) -> Hour | None:
    """The hour that belongs to a day and stands elsewhere: the next before another day, else the last one before it."""
    pairs = zip(days[at:], days[at + 1 :], strict=False)
    after = next((two.start for one, two in pairs if two.start - one.end > 1), None)  # 明天后天 share theirs
    before = days[at - 1].end if at else 0
    behind = [one for one in apart if one.start >= days[at].end and (after is None or one.start < after)]
    return next(
        iter(behind), next((one for one in reversed(apart) if before <= one.start < days[at].start), None)
    )


def _wished(day: _Day, apart: Hour | None, now: datetime) -> datetime | None:
    """A day on which something else happens (周五六点才下班) is wished for where another hour is named for it."""
    if day.day is None or (day.told and (apart is None or day.hour.hour is None)):
        return None
    hour = day.hour
    if apart is not None and (hour.hour is None or day.told):
        hour = replace(apart, part=apart.part or hour.part)
    return _moment(day.day, hour, now)


def _without_day(hour: Hour, now: datetime) -> Found[datetime | None]:
    """Today, or tomorrow where that hour has gone by."""
    value = _moment(now.date(), hour, now) or _moment(now.date() + timedelta(days=1), hour, now)
    return Found(value=value, start=hour.start, end=hour.end)


def _from_now(match: re.Match[str], now: datetime) -> Found[datetime | None]:
    hours = number(match.group(1)) or 0
    half = 0.5 if "半个" in match.group()[1:] or "个半" in match.group() else 0.0
    return Found(value=now + timedelta(hours=hours + half), start=match.start(), end=match.end())


def _moment(day: date, wish: Hour, now: datetime) -> datetime | None:
    """The hour said, or the usual one of that part of the day; when that has just gone by, the next full hour in it."""
    hours = lexicon().visit_hours
    part: PartOfDay = getattr(hours, wish.part) if wish.part else hours.day
    hour = part.hour if wish.on_the_clock is None else wish.on_the_clock
    if hour > 23 or wish.minute > 59:
        return None
    value = datetime.combine(day, time(hour, wish.minute), tzinfo=now.tzinfo)
    if value > now:
        return value
    later = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return later if wish.hour is None and later.date() == day and later.hour < part.until else None
