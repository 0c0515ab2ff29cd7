"""A customer who wants a person: one open talk per customer for the hotline desk, however often they ask."""

from dataclasses import dataclass
from typing import Literal

from tortoise.transactions import in_transaction

from backend.actions import _live
from backend.actions.act import Act
from backend.actions.locks import lock_name
from backend.models import Conversation, LiveTalk, Task
from backend.rules.live_chat import answer_due
from config import policy

Reason = Literal["asked", "unsure", "complaint"]
"""Why a person is called: the customer asked, the assistant did not understand twice, somebody complains."""

_LONGEST_WORDS = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the customer said, and how to reach them."""

    app: str
    openid: str
    words: str
    reason: Reason = "asked"
    contact_name: str | None = None
    contact_phone: str | None = None
    application_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The talk that waits at the desk; `again` says that it did so before."""

    talk: LiveTalk
    again: bool


async def ask(wish: Wish, *, act: Act) -> Asked:
    """Opens a talk for the desk and tells every agent, or adds the words to the one that is open already."""
    async with in_transaction():
        await lock_name(f"human_chat:{wish.openid}")
        open_talk = await LiveTalk.exclude(state="ended").get_or_none(openid=wish.openid)
        if open_talk is not None:
            await _add_words(open_talk, wish.words)
            return Asked(talk=open_talk, again=True)
        talk = await _open(wish, act)
        await Conversation.filter(openid=wish.openid).update(live_talk_id=talk.id)
        await _live.tell_desk(talk, act=act)
        return Asked(talk=talk, again=False)


async def _open(wish: Wish, act: Act) -> LiveTalk:
    due_at = answer_due(act.now, policy.current())
    task = await Task.create(
        kind="human_chat",
        role=_live.DESK,
        application_id=wish.application_id,
        opened_at=act.now,
        due_at=due_at,
        facts={
            "openid": wish.openid,
            "words": wish.words,
            "customer_id": act.customer_id,
            "contact_name": wish.contact_name,
            "contact_phone": wish.contact_phone,
        },
    )
    return await LiveTalk.create(
        app=wish.app,
        openid=wish.openid,
        customer_id=act.customer_id,
        reason=wish.reason,
        words=wish.words,
        application_id=wish.application_id,
        task=task,
        asked_at=act.now,
        due_at=due_at,
    )


async def _add_words(talk: LiveTalk, words: str) -> None:
    talk.words = f"{talk.words}\n{words}"[-_LONGEST_WORDS:]
    await talk.save(update_fields=["words"])
    task = await Task.get(id=talk.task_id)
    task.facts = {**task.facts, "words": talk.words}
    await task.save(update_fields=["facts"])
