"""Scheduled work happens once, however many schedulers run."""

from datetime import datetime

from tortoise.exceptions import IntegrityError

from backend.models import JobRun


async def try_claim(job: str, scheduled_for: datetime, *, real_now: datetime) -> bool:
    """Whether this process is the one to run the job of that hour."""
    try:
        await JobRun.create(job=job, scheduled_for=scheduled_for, began_at=real_now)
    except IntegrityError:
        return False  # another process was first
    return True
