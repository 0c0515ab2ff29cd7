"""The only writer of `stage`."""

from datetime import datetime

from backend.models import Case


async def move(case: Case, to: str | None, *, now: datetime) -> None:
    """Moves the case, or leaves it where it is; `stage_at` tells since when it stands there."""
    if to is None or to == case.stage:
        return
    case.stage = to
    case.stage_at = now
    await case.save(update_fields=["stage", "stage_at"])
