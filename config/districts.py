"""The places the company serves."""

from functools import cache

from config.tables import Table, read


class Districts(Table):
    """`prefixes` and `towns` are left out when addresses are compared; `fallback` names a district without a town."""

    city: str
    prefixes: tuple[str, ...]
    towns: tuple[str, ...]
    fallback: str


@cache
def districts() -> Districts:
    """Raises ConfigurationFault."""
    return read("districts.toml", Districts)
