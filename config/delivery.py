"""The order of channels, and how long a try may take."""

from functools import cache

from config.tables import Table, read


class Channels(Table):
    customer: tuple[str, ...]
    staff: tuple[str, ...]


class Delivery(Table):
    """Seconds are of the real clock."""

    lease_seconds: float
    unknown_retry_seconds: float
    first_retry_seconds: float
    longest_retry_seconds: float
    tries_per_channel: int
    channels: Channels
    deduplicated: tuple[str, ...]


@cache
def delivery() -> Delivery:
    """Raises ConfigurationFault."""
    return read("delivery.toml", Delivery)
