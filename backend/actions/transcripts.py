"""What supervisors do with transcripts: mark what was misunderstood. And what time does: it forgets them."""

from datetime import datetime
from typing import cast

from tortoise import connections

from backend.actions.act import Act
from backend.models import AuditEntry, LiveTalk, Misunderstanding, TakenMessage
from backend.rules.errors import InvalidField, NotFound
from config.limits import limits

# In portions: a long delete would hold its rows against the messages of the moment.
_FORGET = """
DELETE FROM taken_messages WHERE id IN (SELECT id FROM taken_messages WHERE at < $1 ORDER BY at LIMIT 2000) RETURNING id
"""


async def note_reading(message_id: int, *, act: Act) -> None:
    """A supervisor reads a whole conversation."""
    await AuditEntry.create(
        staff_id=act.staff_id, action="transcript_read", at=act.now, facts={"message_id": message_id}
    )


async def mark(message_id: int, intent: str, line: str, *, act: Act) -> Misunderstanding:
    """The message meant something else; `line` is its words as training text. Marking again corrects the mark.

    Raises NotFound; InvalidField when it was understood so already, or nothing is left to learn from.
    """
    row = await TakenMessage.get_or_none(id=message_id, intent__isnull=False)
    if row is None:
        raise NotFound
    if not line:
        raise InvalidField(field="intent", sentence="nothing_to_learn")
    if row.intent == intent:
        raise InvalidField(field="intent", sentence="understood_so")
    marked, _ = await Misunderstanding.update_or_create(
        message_id=row.id,
        defaults={
            "text": line,
            "understood_as": row.intent,
            "intent": intent,
            "marked_by_id": act.staff_id,
            "at": act.now,
        },
    )
    return marked


async def forget_old(*, now: datetime) -> int:
    """Removes what was said longer ago than transcripts are kept; returns how many messages."""
    before, count = now - limits().transcripts.kept, 0
    while rows := await connections.get("default").execute_query_dict(_FORGET, [before]):
        count += len(cast("list[object]", rows))
    await LiveTalk.filter(ended_at__lt=before).delete()
    return count
