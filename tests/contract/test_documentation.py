"""What the service says of itself."""

import httpx

from tests.support.processes import RunningProcess

_PROMISED = {
    ("post", "/api/mp/session"),
    ("post", "/api/mp/phone"),
    ("get", "/api/mp/catalogue"),
    ("post", "/api/mp/applications"),
    ("get", "/api/mp/applications"),
    ("get", "/api/mp/applications/{number}"),
    ("post", "/api/mp/documents"),
    ("post", "/api/mp/applications/{number}/documents"),
    ("post", "/api/mp/applications/{number}/urge"),
    ("post", "/api/mp/applications/{number}/cancel"),
    ("post", "/api/mp/applications/{number}/reschedule"),
    ("post", "/api/mp/applications/{number}/rating"),
    ("post", "/api/mp/subscriptions"),
    ("get", "/api/dev/clock"),
    ("post", "/api/dev/clock"),
}


def test_every_promised_door_is_described(office: RunningProcess) -> None:
    described = httpx.get(f"{office.url}/openapi.json", trust_env=False).json()

    doors = {(method, path) for path, methods in described["paths"].items() for method in methods}
    assert doors >= _PROMISED
    filing = described["paths"]["/api/mp/applications"]["post"]
    assert "Idempotency-Key" in [parameter["name"] for parameter in filing["parameters"]]
    assert "201" in filing["responses"]


def test_the_page_needs_nothing_from_elsewhere(office: RunningProcess) -> None:
    page = httpx.get(f"{office.url}/docs", trust_env=False)

    assert page.status_code == 200
    assert "http://" not in page.text
    assert "https://" not in page.text
    for name in ("swagger-ui.js", "swagger-ui.css", "start.js"):
        assert httpx.get(f"{office.url}/docs/{name}", trust_env=False).status_code == 200


def test_the_watchers_doors(office: RunningProcess) -> None:
    assert httpx.get(f"{office.url}/healthz", trust_env=False).status_code == 200
    ready = httpx.get(f"{office.url}/readyz", trust_env=False).json()
    assert (ready["database"], ready["redis"]) == ("ok", "ok")
    assert "http_requests_total" in httpx.get(f"{office.url}/metrics", trust_env=False).text
