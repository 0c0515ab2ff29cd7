"""Times and spans as people say them."""

import re
from datetime import datetime, timedelta

from config.messages.deliveries import delivery_words
from config.messages.texts import words
from config.policy import Policy

_TAG = re.compile(r"<[^<>]*>")
_MINUTE = timedelta(minutes=1)


def say_moment(at: datetime, policy: Policy) -> str:
    """An instant in the policy's zone: 11月24日 15:00."""
    local = at.astimezone(policy.tz)
    return words().moment.format(month=local.month, day=local.day, hour=local.hour, minute=local.minute)


def say_left(left: timedelta) -> str:
    """Time left, or how late: 还剩3小时, 超时3小时. Never a negative number."""
    if abs(left) < _MINUTE:
        return words().just_due
    return (words().overdue if left < timedelta(0) else words().left).format(span=say_span(abs(left)))


def say_span(span: timedelta) -> str:
    """A span in days and hours, hours and minutes, or minutes."""
    minutes = span // _MINUTE
    hours, minutes = divmod(minutes, 60)
    days, day_hours = divmod(hours, 24)
    if days and not day_hours:
        return words().days.format(days=days)
    if days:
        return words().days_hours.format(days=days, hours=day_hours)
    if not hours:
        return words().minutes.format(minutes=minutes)
    return (
        words().hours_minutes.format(hours=hours, minutes=minutes)
        if minutes
        else words().hours.format(hours=hours)
    )


def mask_phone(phone: str) -> str:
    """A phone number as lists and strangers see it: 138****1234."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 8 else "****"


def say_reason(reason: str) -> str:
    """Why the platform refused, in plain words."""
    say = delivery_words()
    return say.reasons.get(reason) or say.unlisted.format(reason=reason)


def untagged(text: str) -> str:
    """An answer of the chat as a page shows it: without the links that only WeChat opens."""
    return _TAG.sub("", text)


def tell_try(channel: str, outcome: str, reason: str | None, receipt: str | None) -> str:
    """One try to deliver a message as a desk reads it; the platform's later word counts more than its first."""
    say = delivery_words()
    if receipt is not None:
        outcome, reason = ("arrived", None) if receipt == "arrived" else ("not_arrived", receipt)
    facts = {"channel": say.channels.get(channel, channel), "outcome": say.outcomes[outcome]}
    if not reason:
        return say.told.format(**facts)
    return say.told_why.format(**facts, reason=say_reason(reason))
