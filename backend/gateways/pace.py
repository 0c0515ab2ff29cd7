"""The platform's rate limits, kept by all processes together through Redis on its clock."""

import logging
import time
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import RedisError

from backend.gateways.post import Channel, Turns
from config.delivery import Rate, delivery

_log = logging.getLogger(__name__)

_TAKE = """
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local count, gap, burst = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local left, urgent = tonumber(ARGV[4]), ARGV[5] == '1'
local held = redis.call('PTTL', KEYS[3])
if held > 0 and not urgent then return {0, held} end
local day = math.floor((clock[1] + 28800) / 86400)
local today = KEYS[2] .. ':' .. day
local sent = tonumber(redis.call('GET', today) or '0')
local next = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), now)
local granted, wait = 0, 0
while granted < count do
  if not urgent and sent + granted >= left then wait = (day + 1) * 86400000 - 28800000 - now break end
  if not urgent and next - now > burst then wait = math.ceil(next - now - burst) break end
  next = next + gap
  granted = granted + 1
end
redis.call('SET', KEYS[1], next, 'PX', math.ceil(next - now) + 1000)
if granted > 0 then redis.call('INCRBY', today, granted) redis.call('EXPIRE', today, 172800) end
return {granted, wait}
"""
"""A bucket that refills evenly (the time the next message is due), a count of the platform's day in Shanghai, a pause."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bucket:
    """Milliseconds between two messages, and how far ahead of that a burst may run."""

    gap: float
    burst: float

    @classmethod
    def of(cls, rate: Rate, share: float = 1.0) -> "_Bucket":
        gap = 60_000 / (rate.per_minute * share)
        return cls(gap=gap, burst=gap * max(rate.burst * share - 1, 0))


def _key(channel: Channel) -> str:
    """In braces: a cluster keeps what belongs to one channel together, as the script needs it."""
    return f"pace:{{{channel}}}"


class SharedPace:
    """Counts every send of every process. While Redis is away each process keeps to a share of its own."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._take: Any = redis.register_script(_TAKE)
        self._alone: dict[Channel, float] = defaultdict(
            float
        )  # when the next message is due, in this process's ms

    async def take(self, channel: Channel, count: int, *, urgent: bool) -> Turns:
        """See `Pace`; a channel without a limit in `delivery.toml` is never held."""
        rate = delivery().rates.get(channel)
        if rate is None:
            return Turns(granted=count)
        bucket = _Bucket.of(rate)
        key = _key(channel)
        most = rate.per_day * (1 - delivery().kept_for_emergencies)
        try:
            granted, wait = await self._take(
                keys=[key, f"{key}:day", f"{key}:hold"],
                args=[count, bucket.gap, bucket.burst, int(most), int(urgent)],
            )
        except RedisError as error:
            _log.warning("the pace is kept alone: Redis is away", extra={"error": type(error).__name__})
            return self._take_alone(channel, count, _Bucket.of(rate, delivery().share_without_redis), urgent)
        gap = timedelta(milliseconds=bucket.gap)
        return Turns(granted=int(granted), wait=timedelta(milliseconds=int(wait)), gap=gap)

    async def hold(self, channel: Channel, span: timedelta) -> None:
        """See `Pace`; without Redis each process learns it from the platform by itself."""
        try:
            await self._redis.set(f"{_key(channel)}:hold", "1", px=max(span, timedelta(milliseconds=1)))
        except RedisError as error:
            _log.warning("a pause is not passed on: Redis is away", extra={"error": type(error).__name__})

    def _take_alone(self, channel: Channel, count: int, bucket: _Bucket, urgent: bool) -> Turns:
        now = time.monotonic() * 1000
        due, granted = max(self._alone[channel], now), 0
        while granted < count and (urgent or due - now <= bucket.burst):
            due, granted = due + bucket.gap, granted + 1
        self._alone[channel] = due
        wait = timedelta(milliseconds=max(due - now - bucket.burst, 0))
        return Turns(granted=granted, wait=wait, gap=timedelta(milliseconds=bucket.gap))
