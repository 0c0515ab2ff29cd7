"""What follows from one try to deliver a message."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from config.delivery import Delivery

Outcome = Literal["accepted", "later", "unreachable", "wrong", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Try the same channel again after `wait`, go to the next one, or be done."""

    next: Literal["done", "same_channel", "next_channel"]
    wait: timedelta = timedelta(0)


def judge(
    outcome: Outcome, *, channel: str, tries: int, must_arrive: bool, jitter: float, policy: Delivery
) -> Verdict:
    """`tries` made on this channel so far, this one counted; `jitter` is between 0 and 1.

    An unknown outcome is repeated where the platform de-duplicates, and elsewhere only once and only for a message
    whose loss is worse than its double.
    """
    if outcome == "accepted":
        return Verdict(next="done")
    if outcome == "unknown" and channel not in policy.deduplicated:
        if must_arrive and tries < 2:
            return Verdict(next="same_channel", wait=timedelta(seconds=policy.unknown_retry_seconds))
        return Verdict(next="done")
    if outcome in {"unreachable", "wrong"} or tries >= policy.tries_per_channel:
        return Verdict(next="next_channel")
    seconds = min(policy.first_retry_seconds * 2 ** (tries - 1), policy.longest_retry_seconds)
    return Verdict(next="same_channel", wait=timedelta(seconds=seconds * (0.5 + jitter / 2)))
