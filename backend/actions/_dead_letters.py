"""What no channel could deliver never ends in silence: a call-back for the customer's, an alarm for our own (domain §7)."""

from tortoise.transactions import in_transaction

from backend.actions import _outbox
from backend.actions._claims import Claim
from backend.actions._tasks import OPEN
from backend.actions.act import Act
from backend.actions.locks import lock_name
from backend.models import ConnectionApplication, Customer, OutboxMessage, Staff, Task
from config.messages.texts import fill, notices, words

_ALARM = "undelivered"
_LONGEST_TITLE = 40


async def bury(row: Claim, *, act: Act) -> None:
    """Every channel refused: the hotline calls the customer back; for staff a supervisor is told."""
    async with in_transaction():
        state = "called_back" if row.customer_id else "dead"
        mine = OutboxMessage.filter(id=row.id, lease=row.lease, state="waiting")
        if not await mine.update(state=state, ended_at=act.now):
            return  # the lease lapsed and somebody else has it
        if row.customer_id:
            await _open_call_back(row, act)
        elif row.only_channel is None:
            await _alarm(row, "", act)


async def report(row: Claim, reason: str, *, act: Act) -> None:
    """The platform says our data or our account is wrong: a person must mend it."""
    async with in_transaction():
        await _alarm(row, reason, act)


async def _open_call_back(row: Claim, act: Act) -> None:
    """One open call-back per application, or per customer without one, collects all that could not be said."""
    whose = {} if row.application_id else {"customer_id": row.customer_id}
    await lock_name(f"call_back:{row.application_id or whose}")
    title = _title_of(row)
    task = await Task.filter(
        application_id=row.application_id, kind="call_back", state__in=OPEN, facts__contains=whose
    ).first()
    if task is not None:
        task.facts = {**task.facts, "messages": [*task.facts["messages"], str(row.id)]}
        await task.save(update_fields=["facts"])
        return
    task = await Task.create(
        kind="call_back",
        role="hotline_agent",
        application_id=row.application_id,
        opened_at=act.now,
        facts={"messages": [str(row.id)], "title": title, **whose},
    )
    letter = _outbox.Letter(message="call_back", facts={**row.facts, "title": title}, target=str(task.id))
    for agent in await Staff.filter(active=True, roles__contains=["hotline_agent"]):
        await _outbox.queue(letter, act=act, staff_id=agent.id)


async def _alarm(row: Claim, reason: str, act: Act) -> None:
    """Tells the supervisors once per reason and hour; about an alarm itself nobody: that is in their inbox already."""
    if row.message == _ALARM:
        return
    application = (
        await ConnectionApplication.get_or_none(id=row.application_id) if row.application_id else None
    )
    facts = {
        **row.facts,
        "person": await _name_of(row),
        "title": _title_of(row),
        "reason": reason or words().none,
    }
    letter = _outbox.Letter(message=_ALARM, facts=facts)
    for supervisor in await Staff.filter(active=True, roles__contains=["supervisor"]):
        key = f"alarm:{supervisor.id}:{reason[:40]}:{act.real_now:%Y%m%d%H}"
        await lock_name(key)
        if not await OutboxMessage.exists(dedupe_key=key):
            sent = await _outbox.queue(letter, act=act, staff_id=supervisor.id, case=application)
            await OutboxMessage.filter(id=sent).update(dedupe_key=key)


def _title_of(row: Claim) -> str:
    """What the message was about; an answer in the chat has no title of its own."""
    notice = notices()[row.message]
    return fill(notice.title, row.facts) or fill(notice.body, row.facts)[:_LONGEST_TITLE]


async def _name_of(row: Claim) -> str:
    if row.staff_id is not None:
        return (await Staff.get(id=row.staff_id)).name
    return (await Customer.get(id=row.customer_id)).name or ""
