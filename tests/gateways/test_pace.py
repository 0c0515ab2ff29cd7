"""The platform's rate limits hold for all processes together, never for an emergency, and not for want of Redis."""

import asyncio
from datetime import timedelta

import pytest
from redis.asyncio import Redis

from backend.embedded import ServiceUrls
from backend.gateways.pace import SharedPace
from backend.gateways.post import Turns
from backend.gateways.redis import open_redis
from config.delivery import Rate, delivery
from tests.support.processes import free_port


def limit(monkeypatch: pytest.MonkeyPatch, **rate: int) -> None:
    changed = delivery().model_copy(update={"rates": {"template": Rate(**rate)}})
    monkeypatch.setattr("backend.gateways.pace.delivery", lambda: changed)


async def take(pace: SharedPace, count: int, *, urgent: bool = False) -> Turns:
    return await pace.take("template", count, urgent=urgent)


class TestTogether:
    async def test_two_processes_share_one_burst(
        self, services: ServiceUrls, redis: Redis, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        limit(monkeypatch, per_minute=60, burst=10, per_day=1000)
        other = open_redis(services.redis_url)
        both = await asyncio.gather(take(SharedPace(redis), 8), take(SharedPace(other), 8))
        await other.aclose()
        assert sum(turns.granted for turns in both) == 10
        waiting = next(turns for turns in both if turns.granted < 8)
        assert timedelta(0) < waiting.wait <= timedelta(seconds=1)
        assert waiting.gap == timedelta(seconds=1)

    async def test_what_was_not_used_comes_back_with_time(
        self, redis: Redis, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        limit(monkeypatch, per_minute=60_000, burst=5, per_day=1000)  # one a millisecond
        pace = SharedPace(redis)
        assert (await take(pace, 100)).granted < 100
        await asyncio.sleep(0.02)
        assert (await take(pace, 1)).granted == 1

    async def test_the_days_quota_keeps_a_rest_for_emergencies(
        self, redis: Redis, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        limit(monkeypatch, per_minute=60_000, burst=1000, per_day=100)
        pace = SharedPace(redis)
        ordinary = await take(pace, 100)
        assert ordinary.granted == 98
        assert timedelta(0) < ordinary.wait <= timedelta(days=1)
        assert (await take(pace, 1, urgent=True)).granted == 1

    async def test_a_pause_the_platform_asks_for_is_kept_by_all_but_an_emergency(
        self, services: ServiceUrls, redis: Redis, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        limit(monkeypatch, per_minute=600, burst=10, per_day=1000)
        other = open_redis(services.redis_url)
        await SharedPace(other).hold("template", timedelta(minutes=1))
        await other.aclose()
        turns = await take(SharedPace(redis), 1)
        assert turns.granted == 0
        assert timedelta(seconds=50) < turns.wait <= timedelta(minutes=1)
        assert (await take(SharedPace(redis), 1, urgent=True)).granted == 1

    async def test_a_channel_without_a_limit_is_never_held(
        self, redis: Redis, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        limit(monkeypatch, per_minute=60, burst=1, per_day=1)
        assert (await SharedPace(redis).take("sms", 50, urgent=False)).granted == 50


class TestWithoutRedis:
    async def test_each_process_keeps_to_a_share_of_its_own(self, monkeypatch: pytest.MonkeyPatch) -> None:
        limit(monkeypatch, per_minute=60, burst=100, per_day=1000)
        redis = open_redis(f"redis://127.0.0.1:{free_port()}/0")
        pace = SharedPace(redis)
        turns = await take(pace, 100)
        assert turns.granted == 100 * delivery().share_without_redis
        assert turns.wait > timedelta(0)
        assert (await take(pace, 1, urgent=True)).granted == 1
        await pace.hold("template", timedelta(minutes=1))  # nobody to tell; the platform says it to each
        await redis.aclose()
