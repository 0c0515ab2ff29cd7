"""Which processes to start, with which environment."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from backend.embedded import ServiceUrls
from config.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One process to keep running; `ready_url` answers 200 once it serves."""

    name: str
    command: tuple[str, ...]
    port: int | None = None
    port_setting: str = ""
    ready_url: str | None = None


def members(settings: Settings) -> list[Member]:
    """Simulator first, so that the backend finds it; none where another platform was named, or in production."""
    backend_port, simulator_port = settings.backend_port, settings.simulator_port
    simulator = Member(
        name="simulator",
        command=_python("simulator"),
        port=simulator_port,
        port_setting="SIMULATOR_PORT",
        ready_url=f"http://127.0.0.1:{simulator_port}/",
    )
    backend = Member(
        name="backend",
        command=_python("backend"),
        port=backend_port,
        port_setting="BACKEND_PORT",
        ready_url=f"http://{_reachable(settings.backend_host)}:{backend_port}/readyz",
    )
    scheduler = Member(name="scheduler", command=_python("scheduler"))
    return [*([simulator] if wants_simulator(settings) else []), backend, scheduler]


def wants_simulator(settings: Settings) -> bool:
    return not settings.production and "wechat_api_base" not in settings.model_fields_set


def preparation(settings: Settings) -> tuple[str, ...]:
    """What must have succeeded before anything starts."""
    return _python("run.migrate" if settings.production else "backend.demo_data")


def environment(settings: Settings, urls: ServiceUrls) -> Mapping[str, str]:
    """Ours, with the embedded services' addresses filled in: nobody else needs to start them."""
    return {
        "BACKEND_URL": f"http://{_reachable(settings.backend_host)}:{settings.backend_port}",
        **os.environ,
        "DATABASE_URL": urls.database_url,
        "REDIS_URL": urls.redis_url,
        "PYTHONUNBUFFERED": "1",
    }


def _python(module: str) -> tuple[str, ...]:
    return (sys.executable, "-m", module)


def _reachable(host: str) -> str:
    """Where a server that listens on `host` answers on this machine."""
    return "127.0.0.1" if host in {"0.0.0.0", "::", ""} else host  # noqa: S104  compared with, never bound to
