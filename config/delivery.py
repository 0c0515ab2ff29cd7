"""The order of channels, how long a try may take, and when it is repeated."""

from functools import cache

from pydantic import Field

from config.tables import Table, read


class Channels(Table):
    customer: tuple[str, ...]
    staff: tuple[str, ...]


class Rate(Table):
    """How much one channel may send, all processes together; `burst` at once."""

    per_minute: int = Field(gt=0)
    burst: int = Field(gt=0)
    per_day: int = Field(gt=0)


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
    one_at_a_time: tuple[str, ...]
    holds: tuple[str, ...]
    outage_after_seconds: float = Field(gt=15)
    rates: dict[str, Rate]
    share_without_redis: float = Field(gt=0, le=1)
    kept_for_emergencies: float = Field(ge=0, lt=1)
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
