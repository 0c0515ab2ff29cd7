"""Loads what the desk says of live talks."""

from functools import cache

from config.tables import Table, read


class LiveWords(Table):
    """See `live.toml`."""

    handed_back: str
    went_silent: str
    deliveries: dict[str, str]
    advice: dict[str, str]
    calls: dict[str, str]
    kinds: dict[str, str]


@cache
def live_words() -> LiveWords:
    """Raises ConfigurationFault."""
    return read("messages/live.toml", LiveWords)
