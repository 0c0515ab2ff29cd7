"""Which facts code fills into which text."""

import string
from functools import cache

from config.tables import Table, read


class Facts(Table):
    """See `facts.toml`."""

    common: tuple[str, ...]
    template: tuple[str, ...]
    notices: dict[str, tuple[str, ...]]
    events: dict[str, tuple[str, ...]]


@cache
def facts() -> Facts:
    """Raises ConfigurationFault."""
    return read("messages/facts.toml", Facts)


def named_in(pattern: str) -> set[str]:
    """The facts a text asks for. Raises ValueError for braces that do not fit together."""
    return {name for _, name, _, _ in string.Formatter().parse(pattern) if name}
