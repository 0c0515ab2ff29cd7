"""Words about projects for staff: what a customer's timeline does not show, and the texts of the phone pages."""

from functools import cache

from pydantic import RootModel

from config.tables import Table, read

Texts = dict[str, dict[str, str]]


class ProjectTexts(Table):
    """`events` name what a customer's timeline does not show."""

    events: dict[str, str]


class _Pages(RootModel[Texts]):
    """project_pages.toml"""


@cache
def project_texts() -> ProjectTexts:
    """Raises ConfigurationFault."""
    return read("messages/projects.toml", ProjectTexts)


@cache
def project_pages() -> Texts:
    """Page or form → name → text. Raises ConfigurationFault."""
    return read("messages/project_pages.toml", _Pages).root
