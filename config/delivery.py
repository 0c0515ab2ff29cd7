"""The order of channels, how long a try may take, and when it is repeated."""

from functools import cache

from config.tables import Table, read


class Channels(Table):
    customer: tuple[str, ...]
    staff: tuple[str, ...]


class Delivery(Table):
    """Seconds and hours are of the real clock."""

    lease_seconds: float
    unknown_retry_seconds: float
    first_retry_seconds: float
    longest_retry_seconds: float
    tries_per_channel: int
    tries_on_last_channel: int
    channels: Channels
    deduplicated: tuple[str, ...]
    customer_service_window_hours: float
    customer_service_count: int
    customer_service_text: str
    sms_text: str
    media_first_retry_seconds: float
    media_longest_retry_seconds: float
    media_lease_seconds: float
    media_tries: int


@cache
def delivery() -> Delivery:
    """Raises ConfigurationFault."""
    return read("delivery.toml", Delivery)
