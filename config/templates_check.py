"""The sentences of the check of message templates."""

from functools import cache

from config.tables import Table, read


class TemplatesCheck(Table):
    """See `templates_check.toml`."""

    fits: str
    faults: str
    no_account_answer: str
    unknown_id: str
    same_fields: str
    apply_for_one: str
    left_empty: str
    not_there: str
    not_shaped: str
    apps: dict[str, str]


@cache
def templates_check() -> TemplatesCheck:
    """Raises ConfigurationFault."""
    return read("templates_check.toml", TemplatesCheck)
