"""The composition root: builds the gateways, opens the database, hangs the doors."""

from sanic import Sanic

from backend import database
from backend.gateways.opening import open_gateways
from backend.handlers import (
    console,
    development,
    documentation,
    field,
    health,
    mini_program,
    partners,
    problems,
    services,
    staff,
    traffic,
    wechat,
)
from backend.handlers.doors import Doors
from backend.handlers.pages import static_files
from backend.handlers.services import App
from config import logging as log
from config.documents import catalogue
from config.settings import Settings

_DOORS: tuple[Doors, ...] = (*mini_program.ALL, partners.doors, *staff.ALL)
_PAGES = (
    health.blueprint,
    documentation.blueprint,
    *staff.PAGES,
    static_files.routes,
    *field.ALL,
    *console.ALL,
    wechat.blueprint,
)
_FORM_ROOM = 64 * 1024  # bytes round the file in a multipart form


def create_app(settings: Settings) -> App:
    """The service of one process. `settings` hold both services' addresses by now."""
    app = Sanic("lantian", log_config=log.plan("backend", settings), configure_logging=True)
    app.config.REQUEST_MAX_SIZE = catalogue().largest_file_megabytes * 1024 * 1024 + _FORM_ROOM
    app.config.ACCESS_LOG = False
    app.config.AUTO_EXTEND = False  # its documentation pages load scripts from a public network
    app.config.GRACEFUL_SHUTDOWN_TIMEOUT = 10.0
    app.config.PROXIES_COUNT = settings.backend_proxies or None  # none: the header names nobody
    doors = _DOORS if settings.production else (*_DOORS, development.doors)
    for group in doors:
        app.blueprint(group.blueprint)
    for blueprint in _PAGES:
        app.blueprint(blueprint)
    documentation.install(app, doors)
    problems.register(app)
    traffic.register(app, development=not settings.production)
    _open_and_close(app, settings)
    wechat.install(app)
    return app


def _open_and_close(app: App, settings: Settings) -> None:
    database_url, redis_url = settings.database_url, settings.redis_url
    if database_url is None or redis_url is None:
        raise ValueError("the addresses of database and Redis are found before the app is made")

    @app.before_server_start
    async def begin(app: App) -> None:
        services.install(
            app, services.Services(settings=settings, gateways=open_gateways(settings, redis_url=redis_url))
        )
        await database.open_database(
            database_url,
            connections=settings.connections_of_a_process,
            replica_url=settings.database_replica_url,
        )

    @app.after_server_stop
    async def end(app: App) -> None:
        await app.ctx.services.gateways.close()
        await database.close_database()
