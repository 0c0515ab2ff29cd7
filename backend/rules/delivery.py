"""What follows from one try to deliver a message."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal

from config.delivery import Delivery

Outcome = Literal["accepted", "later", "unreachable", "wrong", "unknown"]

SPENT = "no_subscription"
"""The reason of a refusal for want of a one-time consent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What was tried on this channel before, and what else there is.

    `tries` counts all earlier ones, `unknown` those whose outcome nobody knows; `more` says that a further channel could
    take the message, `must_arrive` that its loss is worse than its double.
    """

    channel: str
    tries: int
    unknown: int
    must_arrive: bool
    more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Try the same channel again after `wait`, go to the next one, or be done."""

    next: Literal["done", "same_channel", "next_channel"]
    wait: timedelta = timedelta(0)


def check_again(history: History, policy: Delivery) -> Verdict | None:
    """Before a try: the verdict when this channel may not be tried again, else None.

    Whatever cannot be de-duplicated is repeated once after an unknown outcome, and only if it must arrive. Were that one
    lost from sight too, another channel says it: a person may hear it twice or thrice, but not never.
    """
    if history.channel in policy.deduplicated or history.unknown == 0:
        return None
    if not history.must_arrive:
        return Verdict(next="done")
    return Verdict(next="next_channel") if history.unknown > 1 else None


def judge(
    outcome: Outcome,
    reason: str | None,
    history: History,
    *,
    jitter: float,
    retry_after: timedelta | None,
    policy: Delivery,
) -> Verdict:
    """After a try; `jitter` is between 0 and 1, `retry_after` the platform's own least pause.

    A channel that wants a longer pause than we ever make is left for the next one, if there is one. On the last channel
    we are more patient.
    """
    if outcome == "accepted":
        return Verdict(next="done")
    if outcome == "unreachable" and reason == SPENT and history.unknown:
        return Verdict(next="done")  # the try nobody saw the end of has used the one consent: it arrived
    if outcome in {"unreachable", "wrong"}:
        return Verdict(next="next_channel")
    if outcome == "unknown" and history.channel not in policy.deduplicated:
        seen = replace(history, unknown=history.unknown + 1)
        again = Verdict(next="same_channel", wait=timedelta(seconds=policy.unknown_retry_seconds))
        return check_again(seen, policy) or again
    return _later(history, jitter, retry_after or timedelta(0), policy)


def await_turn(wait: timedelta, history: History, policy: Delivery) -> Verdict:
    """The platform's limits leave no room before `wait` is over: a channel that would keep us long is left if there is
    another; nothing was tried, so no try is counted."""
    if history.more and wait > timedelta(seconds=policy.longest_retry_seconds):
        return Verdict(next="next_channel")
    return Verdict(next="same_channel", wait=wait)


def _later(history: History, jitter: float, least: timedelta, policy: Delivery) -> Verdict:
    longest = timedelta(seconds=policy.longest_retry_seconds)
    tries = policy.tries_per_channel if history.more else policy.tries_on_last_channel
    if history.tries + 1 >= tries or (history.more and least > longest):
        return Verdict(next="next_channel")
    doubled = timedelta(seconds=policy.first_retry_seconds) * 2 ** min(history.tries, 20)
    return Verdict(next="same_channel", wait=max(min(doubled, longest) * (0.5 + jitter / 2), least))
