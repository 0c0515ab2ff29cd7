"""The schedulers' sign of life in Redis: written every few seconds, gone when nobody writes it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import orjson
from redis.asyncio import Redis
from redis.exceptions import RedisError

KEY = "scheduler_heartbeat"

_LIFE = 15  # seconds; three beats


async def write(redis: Redis, word: Mapping[str, object]) -> None:
    """Raises RedisError."""
    await redis.set(KEY, orjson.dumps(dict(word)).decode(), ex=_LIFE)


async def last_beat(redis: Redis) -> datetime | None:
    """When a scheduler last said that it lives, in real time; None when none does, or Redis is away."""
    word = await last_word(redis)
    return datetime.fromisoformat(str(word["at"])) if word else None


async def last_word(redis: Redis) -> Mapping[str, Any] | None:
    """All it said, as it was written; None when none lives, or Redis is away."""
    try:
        word = await redis.get(KEY)
    except RedisError:
        return None
    return dict(orjson.loads(word)) if word else None
