"""The in-app inbox of a member of staff."""

from dataclasses import dataclass
from datetime import datetime

from backend.models import InboxItem
from backend.queries.pages import Page, Portion, page_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One message; `link` is a path of ours."""

    id: int
    at: datetime
    title: str
    body: str
    link: str
    read: bool


async def list_items(staff_id: int, portion: Portion) -> Page[Item]:
    """Newest first. Raises InvalidField for a cursor we did not make."""
    found = InboxItem.filter(staff_id=staff_id)
    before = portion.after_id()
    if before is not None:
        found = found.filter(id__lt=before)
    rows = await found.order_by("-id").limit(portion.limit + 1)
    return page_of([view(row) for row in rows], portion, lambda one: (one.id,))


async def count_unread(staff_id: int) -> int:
    """How many messages wait to be read."""
    return await InboxItem.filter(staff_id=staff_id, read_at__isnull=True).count()


def view(row: InboxItem) -> Item:
    """The row as its reader sees it."""
    return Item(
        id=row.id,
        at=row.at,
        title=row.title,
        body=row.body,
        link=row.link,
        read=row.read_at is not None,
    )
