"""Words about projects for staff only, from `projects.toml`."""

from functools import cache

from config.tables import Table, read


class ProjectTexts(Table):
    """`events` name what a customer's timeline does not show."""

    events: dict[str, str]


@cache
def project_texts() -> ProjectTexts:
    """Raises ConfigurationFault."""
    return read("messages/projects.toml", ProjectTexts)
