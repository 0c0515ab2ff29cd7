"""The whole town, for journeys through the public doors."""

import os
import subprocess
import sys

import pytest

from config.settings import PROJECT_ROOT
from tests.support.processes import RunningProcess
from tests.support.town import Town


@pytest.fixture
def demo_data(environment: dict[str, str]) -> None:
    """As `make demo-data` loads it."""
    subprocess.run(
        [sys.executable, "-m", "backend.demo_data"],
        cwd=PROJECT_ROOT,
        env={**os.environ, **environment},
        check=True,
    )


@pytest.fixture
def town(
    demo_data: None,
    backend_server: RunningProcess,
    scheduler_process: RunningProcess,
    simulator: RunningProcess,
) -> Town:
    return Town(backend=backend_server.url, platform=simulator.url)
