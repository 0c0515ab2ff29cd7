"""The limits of the regulation, each with the steps between which it runs."""

from collections.abc import Sequence

from backend.policy.markdown import table as markdown
from backend.policy.names import event_name
from backend.rules.stages import Table
from backend.rules.wording import say_span
from config.messages.regulation import regulation_words
from config.policy import ClockPolicy, Policy


def table(rules: Policy, tables: Sequence[Table]) -> str:
    """One row for each clock."""
    words = regulation_words()
    rows = [
        (
            clock.name,
            say_span(clock.limit),
            words.readings[clock.reading],
            _events(tables, kind, "starts"),
            _events(tables, kind, "meets"),
            _clause(clock),
            clock.why,
        )
        for kind, clock in rules.clocks.items()
    ]
    return markdown(words.clock_columns, rows)


def _clause(clock: ClockPolicy) -> str:
    return regulation_words().company if clock.company_rule else clock.clause


def _events(tables: Sequence[Table], kind: str, field: str) -> str:
    """The steps that start or meet a clock."""
    named = [event_name(row.event) for table in tables for row in table.steps if kind in getattr(row, field)]
    return "、".join(dict.fromkeys(named))
