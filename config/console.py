"""The desks of the desktop pages, in the order in which the navigation shows them."""

from functools import cache

from config.tables import Table, read

FILE = "console.toml"


class Desk(Table):
    """One entry of the navigation: whoever has a role for `door` (see `roles.toml`) sees it; `address` is its first page."""

    key: str
    door: str
    address: str


class _Console(Table):
    desks: tuple[Desk, ...]


@cache
def desks() -> tuple[Desk, ...]:
    """Raises ConfigurationFault."""
    return read(FILE, _Console).desks
