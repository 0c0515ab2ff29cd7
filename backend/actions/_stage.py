"""The only one who moves a case to another stage."""

from datetime import datetime

from backend.models import Case


def move(case: Case, to: str | None, *, now: datetime) -> None:
    """Moves the case, or leaves it where it is; `stage_at` tells since when it stands there. `_writing` keeps it."""
    if to is None or to == case.stage:
        return
    case.stage = to
    case.stage_at = now
