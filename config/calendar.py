"""Which days are working days in China."""

from datetime import date
from functools import cache, lru_cache

import chinese_calendar

from config.tables import Table, read


class Calendar(Table):
    """`workdays` and `holidays` win over the library; `fixed_holidays` serve where it has no data."""

    workdays: tuple[date, ...]
    holidays: tuple[date, ...]
    fixed_holidays: tuple[str, ...]


@cache
def known_days() -> Calendar:
    """Raises ConfigurationFault."""
    return read("calendar.toml", Calendar)


@lru_cache(maxsize=4096)  # days; each costs 20 µs, and a filing asks for thirty
def is_workday(day: date) -> bool:
    """Whether offices work on this day. Never fails: beyond the library's years weekends and fixed holidays serve."""
    extra = known_days()
    if day in extra.workdays:
        return True
    if day in extra.holidays:
        return False
    if knows(day.year):
        return bool(chinese_calendar.is_workday(day))
    return day.weekday() < 5 and day.strftime("%m-%d") not in extra.fixed_holidays


@cache
def knows(year: int) -> bool:
    """Whether the library has the notice of this year; otherwise a supervisor is asked to complete `calendar.toml`."""
    try:
        chinese_calendar.is_workday(date(year, 7, 1))
    except NotImplementedError:
        return False
    return True


def completed(year: int) -> bool:
    """Whether somebody has entered days of this year in `calendar.toml`."""
    extra = known_days()
    return any(day.year == year for day in (*extra.workdays, *extra.holidays))
