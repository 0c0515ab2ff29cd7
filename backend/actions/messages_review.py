"""A message nobody could deliver is sent anew or given up by a person (domain §7)."""

from datetime import datetime
from uuid import UUID

from tortoise.transactions import in_transaction

from backend.actions._tasks import OPEN, end
from backend.actions.act import Act
from backend.models import AuditEntry, OutboxMessage, Task
from backend.rules.errors import NotAllowed, NotFound
from backend.rules.messages import UNDELIVERED


async def resend(message_id: UUID, *, act: Act) -> OutboxMessage:
    """Every channel is tried again, as if nothing had been. Raises NotFound, NotAllowed (it is not undelivered)."""
    async with in_transaction():
        row = await _lock(message_id, "resent")
        row.state, row.channel, row.lease, row.ended_at = "waiting", 0, None, None
        row.attempt_at = row.resent_at = act.real_now
        await row.save()
        await _leave_call_back(row, act)
        await _note(row, "message_resent", None, act)
        return row


async def give_up(message_id: UUID, note: str, *, act: Act) -> OutboxMessage:
    """Somebody told the person otherwise, or it is not needed any more. Raises NotFound, NotAllowed."""
    async with in_transaction():
        row = await _lock(message_id, "given_up")
        row.state, row.closing_note, row.ended_at = "given_up", note, act.now
        await row.save()
        await _leave_call_back(row, act)
        await _note(row, "message_given_up", note, act)
        return row


async def told_by_call(message_ids: list[str], note: str, *, now: datetime) -> None:
    """What a call-back was about has been said. In the transaction that ends the call-back."""
    waiting = OutboxMessage.filter(id__in=message_ids, state="called_back")
    await waiting.update(state="told", closing_note=note, ended_at=now)


async def _lock(message_id: UUID, event: str) -> OutboxMessage:
    row = await OutboxMessage.select_for_update().get_or_none(id=message_id)
    if row is None:
        raise NotFound
    if row.state not in UNDELIVERED:
        raise NotAllowed(stage=row.state, event=event, sentence="message_not_undelivered")
    return row


async def _leave_call_back(row: OutboxMessage, act: Act) -> None:
    """The hotline need not call about this one any more; a call-back about nothing else ends."""
    tasks = Task.filter(kind="call_back", state__in=OPEN, facts__contains={"messages": [str(row.id)]})
    for task in await tasks.select_for_update():
        rest = [one for one in task.facts["messages"] if one != str(row.id)]
        task.facts = {**task.facts, "messages": rest}
        await task.save(update_fields=["facts"])
        promised = "contact_phone" in task.facts  # the customer waits for this call anyway
        if not rest and not promised:
            await end(task, "cancelled", now=act.now)


async def _note(row: OutboxMessage, action: str, note: str | None, act: Act) -> None:
    await AuditEntry.create(
        staff_id=act.staff_id,
        action=action,
        application_id=row.application_id,
        at=act.now,
        facts={"message": str(row.id), "note": note},
    )
