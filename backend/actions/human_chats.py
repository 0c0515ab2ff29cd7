"""A customer who wants a person: one open task per customer for the hotline desk, however often they ask."""

from dataclasses import dataclass

from tortoise.transactions import in_transaction

from backend.actions import _outbox
from backend.actions.act import Act
from backend.actions.locks import lock_name
from backend.models import Staff, Task
from config.messages.texts import words

_DESK = "hotline_agent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the customer said, and how to reach them."""

    openid: str
    words: str
    contact_name: str | None = None
    contact_phone: str | None = None
    application_id: int | None = None


async def ask(wish: Wish, *, act: Act) -> Task:
    """Opens the desk's task and tells every agent, or adds the words to the task that is open already."""
    async with in_transaction():
        await lock_name(f"human_chat:{wish.openid}")
        task = await Task.filter(
            kind="human_chat", state__in=("open", "accepted"), facts__contains={"openid": wish.openid}
        ).first()
        if task is not None:
            task.facts = {**task.facts, "words": f"{task.facts['words']}\n{wish.words}"[-2000:]}
            await task.save(update_fields=["facts"])
            return task
        task = await Task.create(
            kind="human_chat",
            role=_DESK,
            application_id=wish.application_id,
            opened_at=act.now,
            facts={
                "openid": wish.openid,
                "words": wish.words,
                "customer_id": act.customer_id,
                "contact_name": wish.contact_name,
                "contact_phone": wish.contact_phone,
            },
        )
        await _tell_desk(task, wish, act)
        return task


async def _tell_desk(task: Task, wish: Wish, act: Act) -> None:
    facts = {
        "contact_name": wish.contact_name or words().none,
        "contact_phone": wish.contact_phone or words().none,
        "report": wish.words[:200],
    }
    letter = _outbox.Letter(message="human_wanted", facts=facts, target=str(task.id))
    for agent in await Staff.filter(active=True, roles__contains=[_DESK]):
        await _outbox.queue(letter, act=act, staff_id=agent.id)
