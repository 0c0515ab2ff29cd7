"""Messages in the in-app inbox are read."""

from datetime import datetime

from tortoise.transactions import in_transaction

from backend.models import InboxItem
from backend.queries import inbox
from backend.queries.inbox import Item
from backend.rules.errors import NotFound


async def read_item(item_id: int, staff_id: int, *, now: datetime) -> Item:
    """Marks one of the member's own messages; reading it again changes nothing. Raises NotFound."""
    async with in_transaction():
        row = await InboxItem.select_for_update().get_or_none(id=item_id, staff_id=staff_id)
        if row is None:
            raise NotFound
        if row.read_at is None:
            row.read_at = now
            await row.save(update_fields=["read_at"])
        return inbox.view(row)
