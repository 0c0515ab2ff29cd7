"""python -m backend.embedded: the keeper process; started by whoever needs the services first, never by hand."""

import argparse
import asyncio
import logging
from pathlib import Path

from backend.embedded import keeper
from backend.embedded.places import Places


async def _keep(where: Places, *, durable: bool) -> None:
    await keeper.Keeper(where, durable=durable).run()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--places", type=Path, required=True)
    parser.add_argument("--not-durable", action="store_true")
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s keeper %(levelname)s %(message)s")
    where = Places(given.places)
    keeper.take_over(where)
    asyncio.run(_keep(where, durable=not given.not_durable))


if __name__ == "__main__":
    main()
