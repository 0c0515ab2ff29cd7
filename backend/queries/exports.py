"""Somebody's exports, as they watch and fetch them."""

from dataclasses import dataclass
from datetime import datetime

from backend.models import ExportRun
from backend.rules.errors import NotFound

_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportView:
    """`percent` of the rows are collected; times are real."""

    id: int
    state: str
    total: int
    done: int
    percent: int
    created_at: datetime
    ended_at: datetime | None


async def list_own(staff_id: int) -> tuple[ExportView, ...]:
    """The newest, newest first."""
    return tuple(
        _view(row) for row in await ExportRun.filter(by_staff_id=staff_id).order_by("-id").limit(_SHOWN)
    )


async def get_path(run_id: int, staff_id: int) -> str:
    """Where the finished workbook lies in the file store. Raises NotFound."""
    row = await ExportRun.get_or_none(id=run_id, by_staff_id=staff_id, state="done")
    if row is None or row.path is None:
        raise NotFound
    return row.path


def _view(row: ExportRun) -> ExportView:
    return ExportView(
        id=row.id,
        state=row.state,
        total=row.total,
        done=row.done,
        percent=min(100, 100 * row.done // row.total) if row.total else 100,
        created_at=row.created_at,
        ended_at=row.ended_at,
    )
