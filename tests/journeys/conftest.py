"""The whole town, for journeys through the public doors."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from config.settings import PROJECT_ROOT
from tests.support.partner import Mailbox, open_mailbox
from tests.support.processes import RunningProcess
from tests.support.town import Town


@pytest.fixture
def mailbox(environment: dict[str, str]) -> Iterator[Mailbox]:
    """Where every partner hears of changes. Ask for it before `town`: its address is a setting."""
    with open_mailbox() as opened:
        for key in ("GONGGAI", "DUOGUI", "ZWFW", "ZHENGHAOBAN", "ENGINEERING"):
            environment[f"PARTNER_{key}_URL"] = opened.url
        yield opened


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
