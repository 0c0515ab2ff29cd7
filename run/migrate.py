"""python -m run.migrate: bring the tables of the database up to date."""

import asyncio
import sys

from backend import database, embedded
from backend.embedded import EmbeddedServicesUnavailable
from config import settings
from config.settings_problems import BadSettings


async def _migrate() -> None:
    async with embedded.services(settings.load()) as urls:
        await database.migrate(urls.database_url)


if __name__ == "__main__":
    try:
        asyncio.run(_migrate())
    except (BadSettings, EmbeddedServicesUnavailable) as error:
        sys.exit(str(error))
