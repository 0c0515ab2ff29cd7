"""What follows from one try: nothing goes round for ever, nothing that must arrive is given up in silence."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.rules.delivery import SPENT, History, Outcome, Verdict, check_again, judge
from config.delivery import delivery

FIRST = History(channel="template", tries=0, unknown=0, must_arrive=True, more=True)
CHAT = replace(FIRST, channel="customer_service")
OUTCOMES: list[Outcome] = ["accepted", "later", "unreachable", "wrong", "unknown"]

histories = st.builds(
    History,
    channel=st.sampled_from(["template", "subscribe", "customer_service", "wecom", "sms"]),
    tries=st.integers(0, 60),
    unknown=st.integers(0, 3),
    must_arrive=st.booleans(),
    more=st.booleans(),
)


def verdict(
    outcome: Outcome, history: History, *, reason: str | None = None, retry_after: timedelta | None = None
) -> Verdict:
    return judge(outcome, reason, history, jitter=0.5, retry_after=retry_after, policy=delivery())


@given(histories, st.sampled_from(OUTCOMES))
def test_every_channel_comes_to_an_end(history: History, outcome: Outcome) -> None:
    """However often a try goes wrong in the same way, the channel is left or the message done."""
    for _ in range(delivery().tries_on_last_channel + 1):
        found = check_again(history, delivery()) or verdict(outcome, history)
        if found.next != "same_channel":
            return
        unknown = history.unknown + (outcome == "unknown")
        history = replace(history, tries=history.tries + 1, unknown=unknown)
    raise AssertionError("tried for ever")


@given(histories, st.sampled_from(OUTCOMES), st.floats(0, 1))
def test_a_wait_is_never_negative_nor_longer_than_the_longest(
    history: History, outcome: Outcome, jitter: float
) -> None:
    wait = judge(outcome, None, history, jitter=jitter, retry_after=None, policy=delivery()).wait
    assert timedelta(0) <= wait <= timedelta(seconds=delivery().longest_retry_seconds)


@given(histories)
def test_what_must_arrive_is_done_only_when_accepted_or_its_consent_was_spent(history: History) -> None:
    must = replace(history, must_arrive=True)
    for outcome in ("later", "unreachable", "wrong", "unknown"):
        assert verdict(outcome, must).next != "done"


class TestUnknownOutcome:
    @pytest.mark.parametrize("channel", ["template", "wecom"])
    def test_where_the_platform_recognises_repeats_it_is_tried_again(self, channel: str) -> None:
        assert verdict("unknown", replace(FIRST, channel=channel, unknown=3, tries=3)).next == "same_channel"

    def test_elsewhere_once_more(self) -> None:
        assert verdict("unknown", CHAT).next == "same_channel"

    def test_after_the_second_another_channel_says_it(self) -> None:
        assert verdict("unknown", replace(CHAT, tries=1, unknown=1)).next == "next_channel"

    def test_a_message_that_may_be_lost_is_not_doubled(self) -> None:
        assert verdict("unknown", replace(CHAT, must_arrive=False)).next == "done"

    def test_two_crashes_while_sending_are_two_unknown_outcomes(self) -> None:
        assert check_again(replace(CHAT, tries=2, unknown=2), delivery()) == Verdict(next="next_channel")

    def test_a_spent_consent_after_it_means_that_it_arrived(self) -> None:
        after = replace(FIRST, channel="subscribe", tries=1, unknown=1)
        assert verdict("unreachable", after, reason=SPENT).next == "done"

    def test_a_missing_consent_without_it_means_that_it_did_not(self) -> None:
        assert (
            verdict("unreachable", replace(FIRST, channel="subscribe"), reason=SPENT).next == "next_channel"
        )


class TestLater:
    def test_a_pause_longer_than_ours_hands_over_to_another_channel(self) -> None:
        assert verdict("later", FIRST, retry_after=timedelta(minutes=30)).next == "next_channel"

    def test_without_another_channel_the_pause_is_kept(self) -> None:
        found = verdict("later", replace(FIRST, more=False), retry_after=timedelta(minutes=30))
        assert found == Verdict(next="same_channel", wait=timedelta(minutes=30))

    def test_pauses_grow(self) -> None:
        waits = [verdict("later", replace(FIRST, tries=tries)).wait for tries in range(6)]
        assert waits == sorted(waits)
        assert len(set(waits)) == 6
