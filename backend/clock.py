"""The two clocks of the service. Only edges read them.

`now` is the regulation's time: clocks, reminders, schedules; development may move it ahead. `real_now` is the machine's:
signatures, tokens, leases, retries, rate limits.
"""

from datetime import UTC, datetime, timedelta

_ahead = timedelta(0)


def now() -> datetime:
    """The regulation's time, aware UTC."""
    return real_now() + _ahead


def real_now() -> datetime:
    """The machine's time, aware UTC."""
    return datetime.now(UTC)


def set_ahead(ahead: timedelta) -> None:
    """How far the regulation's time runs ahead in this process; edges renew it from the database in development."""
    global _ahead  # noqa: PLW0603  # the one piece of state of a process's clock
    _ahead = ahead
