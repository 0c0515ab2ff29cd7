"""Platforms and the engineering system against the office's server: each test brings ids and addresses of its own."""

from collections.abc import Callable

import pytest

from tests.support.partner import Partner
from tests.support.processes import RunningProcess

NewPartner = Callable[[str], Partner]


@pytest.fixture
def partner(office: RunningProcess) -> NewPartner:
    """A demo partner by its key."""
    return lambda key: Partner(key=key, backend=office.url)


@pytest.fixture
def gonggai(partner: NewPartner) -> Partner:
    return partner("gonggai")


@pytest.fixture
def zwfw(partner: NewPartner) -> Partner:
    return partner("zwfw")
