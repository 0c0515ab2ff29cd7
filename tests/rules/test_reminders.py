"""When people are reminded, and what the night holds back."""

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.rules import clocks, reminders
from config import policy
from config.policy import ClockKind

POLICY = policy.current()
ZONE = ZoneInfo("Asia/Shanghai")
KINDS: list[ClockKind] = list(POLICY.clocks)

starts = st.datetimes(datetime(2026, 1, 1), datetime(2027, 6, 30), timezones=st.just(UTC))  # noqa: DTZ001  hypothesis adds the zone


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)


def plan_of(kind: ClockKind, start: datetime) -> dict[str, datetime]:
    return {row.kind: row.due_at for row in reminders.plan(clocks.start(kind, start, POLICY), start, POLICY)}


@given(st.sampled_from(KINDS), starts)
def test_the_deadline_is_always_told_at_its_hour(kind: ClockKind, start: datetime) -> None:
    assert plan_of(kind, start)["deadline"] == clocks.start(kind, start, POLICY).due_at


@given(st.sampled_from(KINDS), starts)
def test_reminders_come_in_order_after_the_start_by_day(kind: ClockKind, start: datetime) -> None:
    """But never later than needed: one that the night moved to the morning may fall behind a deadline at night."""
    rows = reminders.plan(clocks.start(kind, start, POLICY), start, POLICY)
    for row in rows:
        assert row.due_at >= start
        if row.kind != "deadline":
            assert not reminders.is_quiet(row.due_at, POLICY)


@given(st.sampled_from(KINDS), starts)
def test_nobody_is_reminded_twice_within_half_an_hour(kind: ClockKind, start: datetime) -> None:
    rows = [
        row
        for row in reminders.plan(clocks.start(kind, start, POLICY), start, POLICY)
        if row.kind != "deadline"
    ]
    for one, next_one in pairwise(rows):
        assert abs(next_one.due_at - one.due_at) > POLICY.reminders.merge_within


@given(starts, starts)
def test_the_daily_one_comes_later_and_by_day(after: datetime, since: datetime) -> None:
    row = reminders.plan_daily(max(after, since), min(after, since), POLICY)
    assert row.due_at > max(after, since)
    assert not reminders.is_quiet(row.due_at, POLICY)


@given(starts)
def test_a_night_ends_at_seven(moment: datetime) -> None:
    end = reminders.quiet_end(moment, POLICY)
    if reminders.is_quiet(moment, POLICY):
        assert end.astimezone(ZONE).time() == time(7)
        assert timedelta(0) < end - moment <= timedelta(hours=9)
    else:
        assert end == moment


@pytest.mark.parametrize(
    ("moment", "quiet"),
    [
        ("2026-11-23T21:59:59", False),
        ("2026-11-23T22:00", True),
        ("2026-11-24T00:00", True),
        ("2026-11-24T06:59:59", True),
        ("2026-11-24T07:00", False),
    ],
)
def test_the_edges_of_the_night(moment: str, quiet: bool) -> None:
    assert reminders.is_quiet(at(moment), POLICY) is quiet


class TestIgnition:
    def test_half_time_that_falls_into_the_night_is_told_before_it(self) -> None:
        found = plan_of("ignition", at("2026-11-23T15:00"))
        assert found["half"] == at("2026-11-23T21:55")
        assert found["before_deadline"] == at("2026-11-24T13:00")
        assert found["deadline"] == at("2026-11-24T15:00")

    def test_a_start_at_night_waits_for_the_morning_where_before_would_be_too_early(self) -> None:
        found = plan_of("ignition", at("2026-11-23T23:00"))
        assert found["half"] == at("2026-11-24T11:00")
        assert found["before_deadline"] == at("2026-11-24T21:00")

    def test_a_deadline_at_night_is_told_at_night(self) -> None:
        assert plan_of("ignition", at("2026-11-23T03:00"))["deadline"] == at("2026-11-24T03:00")


def test_a_clock_resumed_without_any_time_left_is_breached_at_once() -> None:
    clock = clocks.start("ignition", at("2026-11-23T15:00"), POLICY)
    paused = clocks.pause(clock, at("2026-11-24T16:00"), POLICY)
    now = at("2026-11-25T10:00")
    (row,) = reminders.plan(clocks.resume(paused, now, POLICY), now, POLICY)
    assert (row.kind, row.due_at) == ("deadline", now)
