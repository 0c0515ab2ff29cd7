"""python -m bench [--million] [--report FILE] [PART ...]: prints one line per row; fails only when one cannot be measured.

Without a part all are measured; `python -m bench messages progress` measures those two."""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable, Collection, Iterable
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
from bench.place import Place
from bench.row import Row

_IN_PROCESS: dict[str, Callable[[], list[Row]]] = {
    "understanding": understanding.rows,
    "answering": answering.rows,
}
# With the whole service beside it, and whether the large tables have a million rows.
_SERVED: dict[str, Callable[[Place, bool], Awaitable[list[Row]]]] = {
    "messages": lambda here, _: messages.rows(here),
    "progress": lambda here, _: progress.rows(here),
    "filing": lambda here, _: filing.rows(here),
    "processes": lambda here, a_million: processes.rows(here, all_messages=a_million),
    "households": lambda here, _: households.rows(here),
    "outbox": lambda here, a_million: outbox.rows(here, a_million=a_million),
    "pushes": lambda here, _: pushes.rows(here),
    "growth": lambda here, a_million: growth.rows(here, a_million=a_million),
}


def main() -> None:
    """Measures everything once, on a database of its own."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument(
        "--million", action="store_true", help="the large tables: 1,000,000 cases with 10,000,000 events"
    )
    parser.add_argument("--report", type=Path, help="write the table here")
    parser.add_argument(
        "parts", nargs="*", metavar="PART", help="only these: " + ", ".join((*_IN_PROCESS, *_SERVED))
    )
    asked = parser.parse_args()
    if unknown := set(asked.parts) - {*_IN_PROCESS, *_SERVED}:
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory(prefix="lantian-bench-", ignore_cleanup_errors=True) as folder:
        rows = asyncio.run(_measure(Path(folder), asked.parts, a_million=asked.million))
    if asked.report:
        asked.report.write_text(report.table(rows), encoding="utf-8")


async def _measure(folder: Path, parts: Collection[str], *, a_million: bool) -> list[Row]:
    """These parts, or all when none is named."""
    wanted = set(parts) or {*_IN_PROCESS, *_SERVED}
    done: list[Row] = []
    for name, measured in _IN_PROCESS.items():
        done += _show(measured()) if name in wanted else []
    if wanted.isdisjoint(_SERVED):
        return done
    with place.opened(folder) as here:
        for name, measure in _SERVED.items():
            done += _show(await measure(here, a_million)) if name in wanted else []
    return done


def _show(rows: Iterable[Row]) -> list[Row]:
    shown = list(rows)
    for row in shown:
        sys.stdout.write(row.line() + "\n")
    sys.stdout.flush()
    return shown


main()
