"""A clock counted anew from its holds stands where it would have stood."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from backend.rules import clocks
from backend.rules.clocks import Clock, Hold
from config import policy
from config.policy import ClockKind

POLICY = policy.current()
kinds: st.SearchStrategy[ClockKind] = st.sampled_from(list(POLICY.clocks))
starts = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001  hypothesis adds the zone
spans = st.timedeltas(timedelta(0), timedelta(days=6))
histories = st.lists(st.tuples(spans, spans), max_size=4)


def lived(
    kind: ClockKind, start: datetime, history: list[tuple[timedelta, timedelta]]
) -> tuple[Clock, list[Hold]]:
    """The clock as pauses and resumptions made it, and its holds."""
    clock, holds, now = clocks.start(kind, start, POLICY), [], start
    for ran, stood in history:
        began = now + ran
        now = began + stood
        clock = clocks.resume(clocks.pause(clock, began, POLICY), now, POLICY)
        holds.append(Hold(began_at=began, ended_at=now))
    return clock, holds


@given(kinds, starts, histories)
def test_with_all_its_holds_it_is_the_same(
    kind: ClockKind, start: datetime, history: list[tuple[timedelta, timedelta]]
) -> None:
    clock, holds = lived(kind, start, history)
    assert clocks.replay(clock, holds, POLICY).due_at == clock.due_at


@given(kinds, starts, histories)
def test_without_any_it_is_as_at_its_start(
    kind: ClockKind, start: datetime, history: list[tuple[timedelta, timedelta]]
) -> None:
    clock, _ = lived(kind, start, history)
    assert clocks.replay(clock, [], POLICY) == clocks.start(kind, start, POLICY)


@given(kinds, starts, histories, st.data())
def test_one_hold_less_is_never_due_later(
    kind: ClockKind, start: datetime, history: list[tuple[timedelta, timedelta]], data: st.DataObject
) -> None:
    clock, holds = lived(kind, start, history)
    if not holds:
        return
    annulled = data.draw(st.sampled_from(holds))
    kept = [hold for hold in holds if hold is not annulled]
    earlier = clocks.replay(clock, kept, POLICY)
    assert earlier.due_at is not None
    assert clock.due_at is not None
    assert earlier.due_at <= clock.due_at


@given(kinds, starts, spans, spans)
def test_an_open_hold_still_holds_it(
    kind: ClockKind, start: datetime, ran: timedelta, later: timedelta
) -> None:
    clock = clocks.start(kind, start, POLICY)
    held = clocks.replay(clock, [Hold(began_at=start + ran, ended_at=None)], POLICY)
    assert (held.state, held.due_at) == ("paused", None)
    assert clocks.left(held, start + ran + later, POLICY) == clocks.left(clock, start + ran, POLICY)
