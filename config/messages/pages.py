"""The texts of the phone pages."""

from functools import cache

from pydantic import RootModel

from config.tables import read

Texts = dict[str, dict[str, str]]


class _Pages(RootModel[Texts]):
    """pages.toml"""


@cache
def pages() -> Texts:
    """Page → name → text. Raises ConfigurationFault."""
    return read("messages/pages.toml", _Pages).root
