"""How many connections a process may open, and that it says so when PostgreSQL has fewer."""

import pytest

from backend import database
from config.settings import Settings


@pytest.mark.parametrize(
    ("cores", "workers", "each"), [(2, 1, 10), (8, 1, 34), (8, 4, 8), (2, 4, 4), (1, 64, 4)]
)
def test_by_default_the_workers_share_what_the_cores_keep_busy(
    cores: int, workers: int, each: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: cores)
    assert Settings(backend_workers=workers, database_connections=None).connections_of_a_process == each


def test_the_operator_has_the_last_word() -> None:
    assert Settings(backend_workers=4, database_connections=25).connections_of_a_process == 25


async def test_a_start_says_that_postgresql_has_too_few(
    database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    await database.warn_of_few_connections(database_url, wanted=10)
    assert caplog.text == ""
    await database.warn_of_few_connections(database_url, wanted=199)
    assert "PostgreSQL may run out of connections: wanted 199, left 1" in caplog.text
