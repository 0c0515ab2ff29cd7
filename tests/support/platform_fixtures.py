"""Fixtures for tests that deliver: the simulated platform, and the post office towards it."""

from collections.abc import AsyncIterator, Iterator

import pytest
from redis.asyncio import Redis

from backend.embedded import ServiceUrls
from backend.gateways.opening import Gateways
from backend.gateways.post import PostOffice
from backend.models import Customer, Staff
from tests.support.builders import a_customer, a_member_of_staff
from tests.support.delivery import open_platform_gateways, post_of
from tests.support.platform import Platform
from tests.support.processes import RunningProcess


@pytest.fixture
def platform(simulator: RunningProcess) -> Iterator[Platform]:
    steering = Platform(simulator.url)
    yield steering
    steering.close()


@pytest.fixture
async def gateways(simulator: RunningProcess, services: ServiceUrls, redis: Redis) -> AsyncIterator[Gateways]:
    """Towards the simulator, with no token in Redis yet."""
    async with open_platform_gateways(simulator.url, services.redis_url) as opened:
        yield opened


@pytest.fixture
def post(gateways: Gateways) -> PostOffice:
    return post_of(gateways)


@pytest.fixture
async def manager(database: str, platform: Platform) -> Staff:
    """A manager whom the account and WeCom reach."""
    person = platform.person("customer_manager", follows=True)
    return await a_member_of_staff("customer_manager", openid=person["oa_openid"])


@pytest.fixture
async def customer(database: str, platform: Platform) -> Customer:
    """A customer who follows the account."""
    return await a_customer(platform.person("customer", follows=True)["oa_openid"])
