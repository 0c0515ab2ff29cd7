"""What is measured of the doors, for Prometheus."""

import os
from collections.abc import Mapping
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

_ANSWERED = Counter("http_requests_total", "Requests answered", ("method", "route", "status"))
_TOOK = Histogram("http_request_seconds", "Time to answer", ("method", "route"))


_BACKLOG = {
    "message_lag": ("outbox_oldest_due_seconds", "How long the oldest due message has waited"),
    "reminder_lag": ("reminders_oldest_due_seconds", "How long the oldest due reminder has waited"),
    "waiting": ("outbox_waiting", "Messages not sent yet"),
    "possible_doubles": ("outbox_possible_doubles", "Messages of the last day that may have arrived twice"),
}


def note(method: str, route: str, status: int, took: float) -> None:
    """One request was answered in `took` seconds; `route` is a pattern, never a path."""
    _ANSWERED.labels(method, route, str(status)).inc()
    _TOOK.labels(method, route).observe(took)


def export(heartbeat: Mapping[str, Any] | None) -> bytes:
    """The measures of all workers in Prometheus' text form, and what a scheduler last said of the work."""
    return _of_workers() + _of_schedulers(heartbeat)


def _of_schedulers(heartbeat: Mapping[str, Any] | None) -> bytes:
    """Without a sign of life only that; the alarm is for whoever reads."""
    registry = CollectorRegistry()
    alive = Gauge("scheduler_alive", "Whether a scheduler lives", registry=registry)
    alive.set(heartbeat is not None)
    for key, (name, told) in _BACKLOG.items() if heartbeat else ():
        Gauge(name, told, registry=registry).set(float((heartbeat or {}).get(key, 0)))
    return generate_latest(registry)


def _of_workers() -> bytes:
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return generate_latest()
    everybody = CollectorRegistry()
    MultiProcessCollector(everybody)  # type: ignore[no-untyped-call]  # the library leaves it untyped
    return generate_latest(everybody)
