"""Lets others see that a scheduler lives, and how far behind the work is."""

import logging
import os
from dataclasses import asdict

from redis.asyncio import Redis
from redis.exceptions import RedisError

from backend.actions import backlog
from backend.gateways import heartbeat
from scheduler.times import Times

_BEHIND = 60.0  # seconds of lag worth a warning

_log = logging.getLogger(__name__)


async def beat(redis: Redis, times: Times) -> bool:
    """Writes `{at, process, message_lag, reminder_lag, waiting, possible_doubles}`; always False, for there is no more."""
    state = await backlog.measure(now=times.now, real_now=times.real_now)
    if max(state.message_lag, state.reminder_lag) > _BEHIND:
        _log.warning("behind with the work", extra=asdict(state))
    word = {"at": times.real_now, "process": os.getpid(), **asdict(state)}
    try:
        await heartbeat.write(redis, word)
    except RedisError as error:
        _log.debug("no heartbeat: Redis is away", extra={"error": type(error).__name__})
    return False
