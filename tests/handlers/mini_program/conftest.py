"""Customers of the one server that all tests of doors share."""

from collections.abc import Callable

import pytest

from tests.support.mini_program import MiniProgram
from tests.support.processes import RunningProcess

NewCustomer = Callable[[], MiniProgram]


@pytest.fixture
def new_customer(office: RunningProcess, simulator_process: RunningProcess) -> NewCustomer:
    """Makes customers who have logged in."""

    def make() -> MiniProgram:
        one = MiniProgram(office.url, simulator_process.url)
        one.log_in()
        return one

    return make


@pytest.fixture
def mine(new_customer: NewCustomer) -> MiniProgram:
    """A customer who has logged in."""
    return new_customer()
