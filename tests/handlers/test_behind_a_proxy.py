"""Whose tries are counted when a reverse proxy stands in front of the service, and when none does."""

import httpx
import pytest

from config.limits import limits
from tests.support.processes import RunningProcess

MOST = limits().tries.per_name.most


def wrong_password(server: RunningProcess, *, forwarded_for: str) -> httpx.Response:
    return httpx.post(
        server.url + "/api/staff/session",
        json={"login": "customer_manager", "password": "not this one"},
        headers={"X-Forwarded-For": forwarded_for},
        timeout=10,
        trust_env=False,
    )


class TestOneProxyOfOurs:
    @pytest.fixture
    def environment(self, environment: dict[str, str]) -> dict[str, str]:
        return environment | {"BACKEND_PROXIES": "1"}

    def test_who_fails_too_often_waits_and_nobody_else(self, backend_server: RunningProcess) -> None:
        for _ in range(MOST):
            assert wrong_password(backend_server, forwarded_for="203.0.113.7").status_code == 401
        refused = wrong_password(backend_server, forwarded_for="203.0.113.7")
        assert (refused.status_code, refused.json()["code"]) == (429, "rate_limited")
        assert int(refused.headers["Retry-After"]) > 0
        assert wrong_password(backend_server, forwarded_for="203.0.113.8").status_code == 401

    def test_an_address_the_client_writes_itself_changes_nothing(
        self, backend_server: RunningProcess
    ) -> None:
        for turn in range(MOST):
            wrong_password(backend_server, forwarded_for=f"198.51.100.{turn}, 203.0.113.7")
        assert wrong_password(backend_server, forwarded_for="198.51.100.99, 203.0.113.7").status_code == 429


class TestNoProxy:
    def test_the_header_names_nobody(self, backend_server: RunningProcess) -> None:
        for turn in range(MOST):
            wrong_password(backend_server, forwarded_for=f"203.0.113.{turn}")
        assert wrong_password(backend_server, forwarded_for="203.0.113.99").status_code == 429
