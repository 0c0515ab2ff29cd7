"""python -m bench.pushes: only these rows."""

import asyncio
import sys
import tempfile
from pathlib import Path

from bench import place, pushes


def main() -> None:
    """Measures on a database of its own."""
    with (
        tempfile.TemporaryDirectory(prefix="lantian-bench-", ignore_cleanup_errors=True) as folder,
        place.opened(Path(folder)) as here,
    ):
        for measure in pushes.MEASURES:
            for row in asyncio.run(measure(here)):
                sys.stdout.write(row.line() + "\n")
                sys.stdout.flush()


main()
