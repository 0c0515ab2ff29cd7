"""The regulation's clocks as values: a pause costs nothing, time left never lies."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.rules import clocks
from backend.rules.clocks import Clock
from backend.rules.wording import say_left
from config import policy
from config.policy import ClockKind

POLICY = policy.current()
KINDS: list[ClockKind] = list(POLICY.clocks)

starts = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001  hypothesis adds the zone
spans = st.timedeltas(timedelta(0), timedelta(days=12))
kinds = st.sampled_from(KINDS)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Shanghai")).astimezone(UTC)


@given(kinds, starts)
def test_a_new_clock_has_all_its_limit_left(kind: ClockKind, start: datetime) -> None:
    clock = clocks.start(kind, start, POLICY)
    assert clocks.left(clock, start, POLICY) == clock.limit
    assert clock.state == "running"


@given(kinds, starts, spans, spans)
def test_a_pause_keeps_what_is_left(
    kind: ClockKind, start: datetime, ran: timedelta, stood: timedelta
) -> None:
    clock = clocks.start(kind, start, POLICY)
    paused = clocks.pause(clock, start + ran, POLICY)
    before = clocks.left(clock, start + ran, POLICY)
    assert clocks.left(paused, start + ran + stood, POLICY) == before
    resumed = clocks.resume(paused, start + ran + stood, POLICY)
    assert clocks.left(resumed, start + ran + stood, POLICY) == before
    assert resumed.state == ("running" if before > timedelta(0) else "breached")


@given(kinds, starts, st.lists(st.tuples(spans, spans), max_size=4))
def test_many_pauses_never_make_a_clock_due_earlier(
    kind: ClockKind, start: datetime, pauses: list[tuple[timedelta, timedelta]]
) -> None:
    clock = clocks.start(kind, start, POLICY)
    first_due, now = clock.due_at, start
    for ran, stood in pauses:
        clock = clocks.pause(clock, now + ran, POLICY)
        now += ran + stood
        clock = clocks.resume(clock, now, POLICY)
    assert first_due is not None
    assert clock.due_at is not None
    assert clock.due_at >= min(first_due, now)


@given(kinds, starts, spans)
def test_a_met_clock_knows_whether_it_was_late(kind: ClockKind, start: datetime, ran: timedelta) -> None:
    clock = clocks.start(kind, start, POLICY)
    met = clocks.end(clock, start + ran, POLICY)
    assert clock.due_at is not None
    assert met.late == (start + ran > clock.due_at)
    assert clocks.left(met, start + ran + timedelta(days=99), POLICY) == clocks.left(
        clock, start + ran, POLICY
    )


@given(kinds, starts, spans)
def test_a_cancelled_clock_is_never_late(kind: ClockKind, start: datetime, ran: timedelta) -> None:
    assert not clocks.end(clocks.start(kind, start, POLICY), start + ran, POLICY, cancelled=True).late


@given(starts, spans)
def test_a_larger_limit_keeps_what_was_used(start: datetime, ran: timedelta) -> None:
    """An excavation of 200 m or more turns the small project into a large one with the same start (§1.2)."""
    small = clocks.start("project_small", start, POLICY)
    large = clocks.exchange(small, "project_large", start + ran, POLICY)
    assert large.due_at == start + POLICY.clocks["project_large"].limit
    assert large.started_at == small.started_at


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2026-11-23T15:00", "2026-11-24T15:00"),
        ("2026-02-16T17:30", "2026-02-17T17:30"),
        ("2028-02-28T12:00", "2028-02-29T12:00"),
        ("2026-12-31T23:59", "2027-01-01T23:59"),
    ],
)
def test_ignition_is_due_a_natural_day_later_whatever_day_it_is(start: str, due: str) -> None:
    assert clocks.start("ignition", at(start), POLICY).due_at == at(due)


class TestState:
    CLOCK = clocks.start("ignition", at("2026-11-23T15:00"), POLICY)

    def test_at_its_due_second_it_is_breached_though_no_sweep_has_seen_it(self) -> None:
        assert clocks.state_at(self.CLOCK, at("2026-11-24T14:59")) == "running"
        assert clocks.state_at(self.CLOCK, at("2026-11-24T15:00")) == "breached"

    def test_a_person_reads_how_late_and_never_a_minus(self) -> None:
        late = clocks.left(self.CLOCK, at("2026-11-24T18:00"), POLICY)
        assert say_left(late) == "超时3小时"
        assert say_left(clocks.left(self.CLOCK, at("2026-11-24T12:00"), POLICY)) == "还剩3小时"

    def test_a_clock_paused_after_its_breach_stays_late(self) -> None:
        paused = clocks.pause(self.CLOCK, at("2026-11-24T18:00"), POLICY)
        assert clocks.resume(paused, at("2026-11-26T09:00"), POLICY).state == "breached"


class TestHeadline:
    IGNITION = clocks.start("ignition", at("2026-11-23T15:00"), POLICY)
    VISIT = clocks.start("first_visit", at("2026-11-23T15:00"), POLICY)

    def test_ignition_comes_before_the_first_visit(self) -> None:
        assert clocks.headline((self.VISIT, self.IGNITION)) == self.IGNITION

    def test_a_paused_clock_is_still_the_one(self) -> None:
        paused = clocks.pause(self.IGNITION, at("2026-11-23T16:00"), POLICY)
        assert clocks.headline((self.VISIT, paused)) == paused

    def test_of_ended_clocks_the_last_one_is_shown(self) -> None:
        visited = clocks.end(self.VISIT, at("2026-11-23T16:00"), POLICY)
        ignited = clocks.end(self.IGNITION, at("2026-11-23T17:00"), POLICY)
        assert clocks.headline((ignited, visited)) == ignited

    def test_the_company_target_for_papers_is_no_headline_while_it_runs(self) -> None:
        papers: Clock = replace(clocks.start("deferred_documents", at("2026-11-23T15:00"), POLICY))
        assert clocks.headline((papers,)) is None
