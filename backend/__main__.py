"""python -m backend: the HTTP server, migrated and ready to be killed at any moment."""

import asyncio
import os
import signal
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from types import FrameType

from sanic import Sanic
from sanic.worker.loader import AppLoader

from backend import database, embedded
from backend.app import create_app
from backend.embedded import EmbeddedServicesUnavailable
from backend.handlers.services import App
from backend.start_checks import check_configuration
from config import settings
from config.settings import Settings
from config.settings_problems import BadSettings
from config.tables import ConfigurationFault

_ENDS_WITHIN = 13  # seconds; the workers have ten


def main() -> None:
    """Serves until a signal asks to stop."""
    try:
        check_configuration()
        chosen = settings.load()
        with embedded.services(chosen) as urls, tempfile.TemporaryDirectory(prefix="measures-") as measures:
            addresses = {"database_url": urls.database_url, "redis_url": urls.redis_url}
            asyncio.run(_prepare(urls.database_url, chosen))
            _serve(chosen.model_copy(update=addresses), measures)
    except (BadSettings, ConfigurationFault, EmbeddedServicesUnavailable) as error:
        sys.exit(str(error))


async def _prepare(database_url: str, chosen: Settings) -> None:
    await database.migrate(database_url)
    await database.warn_of_few_connections(
        database_url, wanted=chosen.backend_workers * chosen.connections_of_a_process
    )


def _serve(chosen: Settings, measures: str) -> None:
    alone = chosen.backend_workers == 1
    if not alone:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = measures  # the workers' measures meet there
        Sanic.start_method = "spawn"  # a worker reads its environment afresh and inherits no connection
    loader = AppLoader(factory=partial(create_app, chosen))
    app = loader.load()
    app.prepare(
        host=chosen.backend_host,
        port=chosen.backend_port,
        workers=chosen.backend_workers,
        single_process=alone,
        access_log=False,
        motd=False,
    )
    if alone:
        Sanic.serve_single(primary=app)
    else:
        app.main_process_ready(_insist_on_ending)
        Sanic.serve(primary=app, app_loader=loader)


async def _insist_on_ending(_: App) -> None:
    """Sanic's parent process, asked to end while its workers still start, would wait for them for ever."""
    for asked in (signal.SIGTERM, signal.SIGINT):
        graceful = signal.getsignal(asked)
        if callable(graceful):
            signal.signal(asked, partial(_end, graceful))
    signal.signal(signal.SIGALRM, lambda *_: sys.exit(0))


def _end(graceful: Callable[[int, FrameType | None], object], asked: int, frame: FrameType | None) -> None:
    signal.alarm(_ENDS_WITHIN)
    graceful(asked, frame)


if __name__ == "__main__":
    main()
