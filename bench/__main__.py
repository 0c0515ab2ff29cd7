"""python -m bench [--million] [--report FILE]: prints one line per row; fails only when a row cannot be measured."""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from bench import (
    answering,
    filing,
    growth,
    households,
    messages,
    outbox,
    place,
    processes,
    progress,
    pushes,
    report,
    understanding,
)
from bench.row import Row


def main() -> None:
    """Measures everything once, on a database of its own."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument(
        "--million", action="store_true", help="the large tables: 1,000,000 cases with 10,000,000 events"
    )
    parser.add_argument("--report", type=Path, help="write the table here")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="lantian-bench-", ignore_cleanup_errors=True) as folder:
        rows = asyncio.run(_measure(Path(folder), a_million=asked.million))
    if asked.report:
        asked.report.write_text(report.table(rows), encoding="utf-8")


async def _measure(folder: Path, *, a_million: bool) -> list[Row]:
    done = _show(understanding.rows())
    done += _show(answering.rows())
    with place.opened(folder) as here:
        done += _show(await messages.rows(here))
        done += _show(await progress.rows(here))
        done += _show(await filing.rows(here))
        done += _show(await processes.rows(here, all_messages=a_million))
        done += _show(await households.rows(here))
        done += _show(await outbox.rows(here, a_million=a_million))
        done += _show(await pushes.rows(here))
        done += _show(await growth.rows(here, a_million=a_million))
    return done


def _show(rows: Iterable[Row]) -> list[Row]:
    shown = list(rows)
    for row in shown:
        sys.stdout.write(row.line() + "\n")
    sys.stdout.flush()
    return shown


main()
