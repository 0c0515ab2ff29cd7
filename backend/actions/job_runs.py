"""Scheduled work happens once, however many schedulers run."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from tortoise import connections
from tortoise.transactions import in_transaction

_CLAIM = """
INSERT INTO job_runs (job, scheduled_for, began_at) VALUES ($1, $2, $3)
ON CONFLICT (job, scheduled_for) DO NOTHING RETURNING id
"""


async def once(
    job: str, scheduled_for: datetime, work: Callable[[], Awaitable[object]], *, real_now: datetime
) -> bool:
    """Does the job of that hour unless it was done; claim and work are one transaction, so a crash leaves it to others."""
    async with in_transaction():
        if not await try_claim(job, scheduled_for, real_now=real_now):
            return False
        await work()
        return True


async def try_claim(job: str, scheduled_for: datetime, *, real_now: datetime) -> bool:
    """Whether this process is the one to run the job of that hour; waits for another's claim that is not committed yet."""
    row = await connections.get("default").execute_query_dict(_CLAIM, [job, scheduled_for, real_now])
    return bool(row)
