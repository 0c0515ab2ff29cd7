"""python -m scheduler: reminders, deliveries and errands. Any number may run at once, and be killed at any moment."""

import asyncio
import os
import signal
import sys
import threading

from backend import database, embedded
from backend.embedded import EmbeddedServicesUnavailable
from backend.gateways.opening import open_gateways
from backend.start_checks import check_configuration
from config import logging as log
from config import settings
from config.settings import Settings
from config.settings_problems import BadSettings
from config.tables import ConfigurationFault
from scheduler import process

_LONGEST_GOODBYE = 9.5  # seconds; a platform that answers byte by byte must not keep us


async def _main(chosen: Settings) -> None:
    async with embedded.services(chosen) as urls:
        stop = _stop_on_signals()
        await database.migrate(urls.database_url)
        wanted = chosen.connections_of_a_process
        await database.warn_of_few_connections(urls.database_url, wanted=wanted)
        await database.open_database(urls.database_url, connections=wanted)
        gateways = open_gateways(chosen, redis_url=urls.redis_url)
        try:
            await process.run(gateways, chosen, stop)
        finally:
            await gateways.close()
            await database.close_database()


def _stop_on_signals() -> asyncio.Event:
    """Set by SIGTERM or Ctrl-C; the process then ends in ten seconds whatever hangs, for leases keep what it leaves."""
    stop = asyncio.Event()

    def end() -> None:
        stop.set()
        last = threading.Timer(_LONGEST_GOODBYE, os._exit, args=(0,))
        last.daemon = True
        last.start()

    loop = asyncio.get_running_loop()
    for wanted in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(wanted, end)
    return stop


def main() -> None:
    """Works until a signal asks to stop."""
    try:
        check_configuration()
        chosen = settings.load()
        log.configure("scheduler", chosen)
        asyncio.run(_main(chosen))
    except (BadSettings, ConfigurationFault, EmbeddedServicesUnavailable) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
