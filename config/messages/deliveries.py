"""Loads the words for what became of a message."""

from functools import cache

from config.tables import Table, read


class DeliveryWords(Table):
    """See `deliveries.toml`."""

    told: str
    told_why: str
    unlisted: str
    channels: dict[str, str]
    outcomes: dict[str, str]
    reasons: dict[str, str]


@cache
def delivery_words() -> DeliveryWords:
    """Raises ConfigurationFault."""
    return read("messages/deliveries.toml", DeliveryWords)
