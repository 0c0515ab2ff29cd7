"""When a person of ours answers in the chat (domain §7: staffed in the daytime, the telephone round the clock)."""

from datetime import datetime

from backend.rules import counting
from backend.rules.counting import Hours
from config.policy import Policy


def is_staffed(now: datetime, policy: Policy) -> bool:
    """Whether agents are in the chat at this hour."""
    day = policy.hours.daytime
    return day.opens <= now.astimezone(policy.tz).time() < day.closes


def answer_due(asked: datetime, policy: Policy) -> datetime:
    """When somebody should have answered a call for a person: soon, or soon after the chat opens next."""
    day, soon = policy.hours.daytime, policy.live_chat.answer_within
    if is_staffed(asked, policy):
        return asked + soon
    return counting.due_at(
        asked, soon, Hours(opens=day.opens, closes=day.closes, zone=policy.tz, counts=lambda _: True)
    )
