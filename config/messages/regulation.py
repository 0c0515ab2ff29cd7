"""Loads the words of the page about the regulation."""

from functools import cache

from config.tables import Table, read


class RegulationWords(Table):
    """See `regulation.toml`."""

    title: str
    intro: str
    clocks: str
    clock_columns: tuple[str, ...]
    numbers: str
    number_columns: tuple[str, ...]
    papers: str
    paper_columns: tuple[str, ...]
    acceptance: str
    acceptance_columns: tuple[str, ...]
    parties: str
    completion_papers: str
    steps: str
    step_columns: tuple[str, ...]
    stays: str
    any_time: str
    company: str
    essential: str
    deferrable: str
    for_application: str
    for_project: str
    above: str
    below: str
    window: str
    tables: dict[str, str]
    readings: dict[str, str]
    days_told: dict[str, str]
    roles: dict[str, str]
    audiences: dict[str, str]
    numbers_of: dict[str, str]
    stages: dict[str, dict[str, str]]


@cache
def regulation_words() -> RegulationWords:
    """Raises ConfigurationFault."""
    return read("messages/regulation.toml", RegulationWords)
