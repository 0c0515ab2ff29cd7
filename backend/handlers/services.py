"""What the composition root built, as handlers reach it."""

from dataclasses import dataclass
from types import SimpleNamespace

from sanic import Request, Sanic
from sanic.config import Config

from backend.gateways.opening import Gateways
from config.settings import Settings

App = Sanic[Config, SimpleNamespace]


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """One process's settings and gateways."""

    settings: Settings
    gateways: Gateways


def install(app: App, services: Services) -> None:
    """Makes them known to every request of this app."""
    app.ctx.services = services


def services_of(request: Request) -> Services:
    """Only from a running server: they are built when it starts."""
    services: Services = request.app.ctx.services
    return services
