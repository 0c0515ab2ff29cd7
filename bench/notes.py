"""Why an aim is missed: `notes.toml`, beside the rows of one run."""

import tomllib
from collections.abc import Sequence
from pathlib import Path

from bench.row import Row

_NOTES = Path(__file__).with_name("notes.toml")


def section(rows: Sequence[Row]) -> str:
    """Markdown; a note stands with the rows whose name begins with its key, and without one it is left out."""
    notes: dict[str, dict[str, str]] = tomllib.loads(_NOTES.read_text(encoding="utf-8"))
    told = [_told(key, note, rows) for key, note in notes.items()]
    return "\n## What stands in the way\n" + "".join(told)


def _told(key: str, note: dict[str, str], rows: Sequence[Row]) -> str:
    measured = [row for row in rows if row.name.startswith(key)]
    reached = "; ".join(_reached(row) for row in measured)
    why = note["why"].strip()
    return f"\n**{key}**: aim {note['aim']}; reached {reached}.\n{why}\n" if measured else ""


def _reached(row: Row) -> str:
    return f"{row.ratio:.2f} of {row.reference}" if row.ratio is not None else f"{row.value:.4g} {row.unit}"
