"""Moves the regulation's time for every process alike: development and tests only."""

from datetime import datetime, timedelta

from tortoise import connections
from tortoise.transactions import in_transaction

from backend.actions.locks import lock_name
from backend.models import ClockShift
from backend.rules.errors import InvalidField

_ROW = 1
_READ = "SELECT ahead FROM clock_shift WHERE id = $1"


async def read_ahead() -> timedelta:
    """How far the regulation's time runs ahead of the real one."""
    rows = await connections.get("default").execute_query_dict(_READ, [_ROW])  # before every request
    return timedelta(microseconds=rows[0]["ahead"]) if rows else timedelta(0)


async def advance(by: timedelta) -> timedelta:
    """Moves the time forward and returns how far ahead it is. Raises InvalidField for a step backwards."""
    if by < timedelta(0):
        raise InvalidField(field="advance_seconds", sentence="clock_backwards")
    async with in_transaction():
        await lock_name("clock_shift")
        ahead = await read_ahead() + by
        await ClockShift.update_or_create(id=_ROW, defaults={"ahead": ahead})
        return ahead


async def move_to(at: datetime, *, real_now: datetime) -> timedelta:
    """Moves the time to an instant that lies ahead. Raises InvalidField."""
    async with in_transaction():
        await lock_name("clock_shift")
        by = at - (real_now + await read_ahead())
        if by < timedelta(0):
            raise InvalidField(field="at", sentence="clock_backwards")
        return await advance(by)
