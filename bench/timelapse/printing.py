"""One push as two lines: when, to whom, on which channel, what, and by which rule."""

from datetime import datetime

from bench.timelapse.ledger import Push
from config import policy
from config.messages.regulation import regulation_words
from config.timelapse import timelapse


class NoRule(Exception):
    """A push that follows no rule we know: either it should not have gone, or `timelapse.toml` is behind."""


def lines_of(push: Push) -> str:
    """Raises NoRule."""
    say = timelapse()
    return say.push.format(
        at=moment(push.at),
        who=_who(push),
        channel=say.channels.get(push.channel, push.channel),
        title=push.title,
        body=push.body.replace("\n", " "),
        rule=rule_of(push),
    )


def rule_of(push: Push) -> str:
    """The clause or the key of the policy behind this push. Raises NoRule."""
    say = timelapse()
    clock = next((row for kind, row in policy.current().clocks.items() if kind == push.clock), None)
    if clock is None:
        if push.message not in say.rules:
            raise NoRule(push.message)
        return say.rules[push.message]
    if push.message not in say.clock_rules:
        raise NoRule(push.message)
    reading = {"natural": say.natural, "working": say.working, "daytime": say.daytime}[clock.reading]
    return say.clock_rule.format(
        clause=clock.clause,
        kind=push.clock,
        name=clock.name,
        limit_reading=f"（{reading}）",
        rule=say.clock_rules[push.message],
    )


def moment(at: datetime) -> str:
    """As it is shown: Shanghai's day and minute."""
    return at.astimezone(policy.current().tz).strftime("%m-%d %H:%M")


def _who(push: Push) -> str:
    names = [regulation_words().roles[role] for role in push.roles]
    return f"{names[0]} {push.name}" if names else push.name
