"""How time counts: round the clock, by day, in office hours of working days."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.rules.counting import Hours, counted, due_at
from config.calendar import is_workday

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAYTIME = Hours(opens=time(8), closes=time(20), zone=SHANGHAI, counts=lambda _: True)
OFFICE = Hours(opens=time(9), closes=time(17), zone=SHANGHAI, counts=is_workday)

starts = st.datetimes(datetime(2025, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001  hypothesis adds the zone
amounts = st.timedeltas(timedelta(seconds=1), timedelta(days=10))
ways = st.sampled_from([None, DAYTIME, OFFICE])


def at(text: str) -> datetime:
    """A Shanghai hour, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC)


@given(starts, amounts, ways)
def test_up_to_the_due_hour_exactly_the_amount_has_counted(
    start: datetime, amount: timedelta, how: Hours | None
) -> None:
    assert counted(start, due_at(start, amount, how), how) == amount


@given(starts, amounts, amounts, ways)
def test_more_time_is_never_due_earlier(
    start: datetime, amount: timedelta, more: timedelta, how: Hours | None
) -> None:
    assert due_at(start, amount + more, how) > due_at(start, amount, how)


@given(starts, amounts, amounts, ways)
def test_a_pause_in_between_costs_nothing(
    start: datetime, amount: timedelta, gone: timedelta, how: Hours | None
) -> None:
    """Counting what is left from any instant before the due hour leads to the same due hour."""
    due = due_at(start, amount, how)
    middle = min(start + gone, due)
    left = amount - counted(start, middle, how)
    if left > timedelta(0):
        assert due_at(middle, left, how) == due


@given(starts, amounts)
def test_a_natural_day_is_never_later_than_any_other_reading(start: datetime, amount: timedelta) -> None:
    assert due_at(start, amount, None) <= due_at(start, amount, DAYTIME) <= due_at(start, amount, OFFICE)


@given(starts, starts, ways)
def test_nothing_counts_backwards(one: datetime, other: datetime, how: Hours | None) -> None:
    assert counted(max(one, other), min(one, other), how) == timedelta(0)


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("2026-11-23T15:00", 4, "2026-11-23T19:00"),
        ("2026-11-23T18:30", 4, "2026-11-24T10:30"),
        ("2026-11-23T19:59", 4, "2026-11-24T11:59"),
        ("2026-11-23T20:00", 4, "2026-11-24T12:00"),
        ("2026-11-23T03:00", 4, "2026-11-23T12:00"),
        ("2028-02-29T19:00", 4, "2028-03-01T11:00"),
        ("2026-12-31T19:00", 4, "2027-01-01T11:00"),
    ],
)
def test_a_first_visit_is_counted_by_day(start: str, hours: int, due: str) -> None:
    assert due_at(at(start), timedelta(hours=hours), DAYTIME) == at(due)


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ("2026-11-23T15:00", 5, "2026-11-30T15:00"),
        ("2026-11-27T16:59", 1, "2026-11-30T16:59"),
        ("2026-11-28T10:00", 1, "2026-11-30T17:00"),
        ("2026-09-30T16:00", 1, "2026-10-08T16:00"),
        ("2026-12-31T16:00", 1, "2027-01-04T16:00"),
    ],
)
def test_working_days_leave_out_weekends_and_holidays(start: str, days: int, due: str) -> None:
    """The last one reaches a year the calendar does not know."""
    assert due_at(at(start), timedelta(hours=8) * days, OFFICE) == at(due)


def test_a_calendar_without_working_days_is_a_fault_and_no_endless_search() -> None:
    never = Hours(opens=time(9), closes=time(17), zone=SHANGHAI, counts=lambda _: False)
    with pytest.raises(ValueError, match="no counted time"):
        due_at(at("2026-11-23T15:00"), timedelta(hours=1), never)


def test_the_calendar_answers_for_any_year() -> None:
    assert is_workday(date(2026, 11, 23))
    assert not is_workday(date(2030, 1, 1))
    assert is_workday(date(2030, 1, 2))
