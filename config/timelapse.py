"""The words of the timelapse."""

from functools import cache

from config.tables import Table, read


class Timelapse(Table):
    """See `timelapse.toml`."""

    beginning: str
    act: str
    push: str
    clock_rule: str
    ending: str
    natural: str
    working: str
    daytime: str
    channels: dict[str, str]
    acts: dict[str, str]
    rules: dict[str, str]
    clock_rules: dict[str, str]


@cache
def timelapse() -> Timelapse:
    """Raises ConfigurationFault."""
    return read("timelapse.toml", Timelapse)
