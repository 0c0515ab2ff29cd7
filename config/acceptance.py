"""The parties of the joint acceptance and the papers of completion."""

from functools import cache

from config.tables import Table, read


class Acceptance(Table):
    """`signers` are the roles that may record a party's signature."""

    parties: tuple[str, ...]
    signers: dict[str, tuple[str, ...]]
    completion_papers: tuple[str, ...]


@cache
def acceptance() -> Acceptance:
    """Raises ConfigurationFault."""
    return read("acceptance.toml", Acceptance)
