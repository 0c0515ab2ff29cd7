"""What is measured of the doors, for Prometheus."""

import os

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

_ANSWERED = Counter("http_requests_total", "Requests answered", ("method", "route", "status"))
_TOOK = Histogram("http_request_seconds", "Time to answer", ("method", "route"))


def note(method: str, route: str, status: int, took: float) -> None:
    """One request was answered in `took` seconds; `route` is a pattern, never a path."""
    _ANSWERED.labels(method, route, str(status)).inc()
    _TOOK.labels(method, route).observe(took)


def export() -> bytes:
    """The measures of all workers in Prometheus' text form."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return generate_latest()
    everybody = CollectorRegistry()
    MultiProcessCollector(everybody)  # type: ignore[no-untyped-call]  # the library leaves it untyped
    return generate_latest(everybody)
