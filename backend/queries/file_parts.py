"""What the file of an application and the file of a project both hold: people by name, pauses, papers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from tortoise.expressions import Q

from backend.models import Document, Pause, Staff
from config.documents import Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonView:
    """A member of staff by name."""

    id: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseView:
    """Why and when the clocks stood still; `until` is the hour a customer asked for."""

    id: int
    reason: str
    note: str
    began_at: datetime
    until: datetime | None
    ended_at: datetime | None
    by: PersonView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentView:
    """One paper or photo; `name` is the paper's, none for photos and evidence."""

    id: int
    kind: str
    name: str | None
    state: str
    content_type: str | None
    size: int | None
    received_at: datetime
    from_customer: bool


def person_of(row: Staff | None) -> PersonView | None:
    """The member as others see them."""
    return PersonView(id=row.id, name=row.name) if row else None


async def pauses(of: Q) -> tuple[PauseView, ...]:
    """Those that meet a condition, oldest first."""
    rows = await Pause.filter(of).order_by("id").prefetch_related("by_staff")
    return tuple(
        PauseView(
            id=row.id,
            reason=row.reason,
            note=row.note,
            began_at=row.began_at,
            until=row.until,
            ended_at=row.ended_at,
            by=person_of(row.by_staff),
        )
        for row in rows
    )


async def documents(of: Q, papers: Iterable[Paper]) -> tuple[DocumentView, ...]:
    """Those that meet a condition, oldest first, named as in `papers`."""
    names = {paper.key: paper.name for paper in papers}
    return tuple(
        DocumentView(
            id=row.id,
            kind=row.kind,
            name=names.get(row.kind),
            state=row.state,
            content_type=row.content_type,
            size=row.size,
            received_at=row.received_at,
            from_customer=row.staff_id is None,
        )
        for row in await Document.filter(of).order_by("id")
    )
