"""What the doors allow: how long a login lasts, how large a body may be, how often one may try."""

from functools import cache

from config.durations import Duration
from config.tables import Table, read


class Sessions(Table):
    customer: Duration
    staff: Duration


class Passwords(Table):
    shortest: int


class Bodies(Table):
    json_bytes: int
    longest_text: int
    most_rows: int


class Pages(Table):
    usual: int
    most: int
    longest_span: Duration


class Tries(Table):
    most: int
    within: Duration


class AllTries(Table):
    per_name: Tries
    per_address: Tries
    uploads: Tries


class Transcripts(Table):
    kept: Duration
    unsure_below: float


class Exports(Table):
    """`rows` at once; nobody's `lease` lasts longer; the workbook is `kept` so long."""

    rows: int
    lease: Duration
    kept: Duration


class Limits(Table):
    """The file as a whole."""

    sessions: Sessions
    passwords: Passwords
    bodies: Bodies
    pages: Pages
    tries: AllTries
    transcripts: Transcripts
    exports: Exports


@cache
def limits() -> Limits:
    """Raises ConfigurationFault."""
    return read("limits.toml", Limits)
