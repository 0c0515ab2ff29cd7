"""Projects at the office's server."""

import pytest

from tests.support.office import Desks
from tests.support.processes import RunningProcess
from tests.support.project import Works
from tests.support.town import Town


@pytest.fixture(scope="session")
def town(office: RunningProcess, simulator_process: RunningProcess, desk: Desks) -> Town:
    """The office's server; nobody turns its clock."""
    return Town(backend=office.url, platform=simulator_process.url)


@pytest.fixture
def works(town: Town) -> Works:
    """A shop's site that a manager has just filed for."""
    return Works.found(town)
