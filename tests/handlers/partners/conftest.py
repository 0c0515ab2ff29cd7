"""Platforms and the engineering system against a running server with the demo staff and sites."""

from collections.abc import Callable

import pytest

from backend import demo_data
from config.settings import Settings
from tests.support.partner import Partner
from tests.support.processes import RunningProcess

NewPartner = Callable[[str], Partner]


@pytest.fixture
async def demo(database: str) -> None:
    await demo_data.load(Settings(database_url=database))


@pytest.fixture
def partner(demo: None, backend_server: RunningProcess) -> NewPartner:
    """A demo partner by its key."""
    return lambda key: Partner(key=key, backend=backend_server.url)


@pytest.fixture
def gonggai(partner: NewPartner) -> Partner:
    return partner("gonggai")


@pytest.fixture
def zwfw(partner: NewPartner) -> Partner:
    return partner("zwfw")
