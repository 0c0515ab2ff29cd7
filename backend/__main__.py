"""python -m backend: the HTTP server, migrated and ready to be killed at any moment."""

import asyncio
import os
import sys
import tempfile
from functools import partial

from sanic import Sanic
from sanic.worker.loader import AppLoader

from backend import database, embedded
from backend.app import create_app
from backend.embedded import EmbeddedServicesUnavailable
from config import settings
from config.settings import Settings
from config.settings_problems import BadSettings


def main() -> None:
    """Serves until a signal asks to stop."""
    try:
        chosen = settings.load()
        with embedded.services(chosen) as urls, tempfile.TemporaryDirectory(prefix="measures-") as measures:
            addresses = {"database_url": urls.database_url, "redis_url": urls.redis_url}
            asyncio.run(database.migrate(urls.database_url))
            _serve(chosen.model_copy(update=addresses), measures)
    except (BadSettings, EmbeddedServicesUnavailable) as error:
        sys.exit(str(error))


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
        Sanic.serve(primary=app, app_loader=loader)


if __name__ == "__main__":
    main()
