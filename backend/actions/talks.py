"""One inbound message: taken once, in order, its answer kept for the platform's repeats."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from tortoise import connections
from tortoise.transactions import in_transaction

from backend.actions import people
from backend.actions.act import Act
from backend.models import Conversation, LateMessage, TakenMessage, WechatIdentity

_TAKE = """
INSERT INTO taken_messages (app, key, openid, kind, text, at) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (app, key) DO NOTHING RETURNING id
"""
_BEGIN_CONVERSATION = """
INSERT INTO conversations (openid, state, updated_at) VALUES ($1, '{}', $2) ON CONFLICT (openid) DO NOTHING
"""
_LONGEST_KIND = 30  # the column's width; the platform may invent any name for an event


class Message(Protocol):
    """What a talk needs of an inbound message, whichever app it came through."""

    @property
    def app(self) -> str: ...
    @property
    def openid(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def event(self) -> str | None: ...
    @property
    def text(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """Who is talking, and where the talk stands (`state`, as the assistant left it; empty at first).

    `live_talk_id` is the talk with a person of ours that is open; `held` says that an agent has it.
    """

    customer_id: int
    state: Mapping[str, Any]
    live_talk_id: int | None = None
    held: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The assistant's turn: the answer (None for silence), the talk's next state, what was understood and why."""

    answer: str | None
    state: Mapping[str, Any] = field(default_factory=dict)
    intent: str | None = None
    confidence: float | None = None
    understood: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """What the platform said of the sender: `asked` is false when it was not asked or did not answer."""

    unionid: str | None = None
    asked: bool = False


Respond = Callable[[Talk], Awaitable[Said]]


async def once(
    message: Message, respond: Respond, *, whose: Whose, now: datetime, real_now: datetime
) -> str | None:
    """Lets the assistant answer a message that was not taken yet, and gives every repeat the stored answer.

    Everything the answer causes is in this one transaction. Messages of one person wait for each other.
    """
    async with in_transaction():
        taken = await _take(message, now)
        if taken is None:
            return await _stored_answer(message)
        identity = people.Identity(app=message.app, openid=message.openid, unionid=whose.unionid)
        customer = await people.identify(identity, now=now)
        await _note_contact(message, whose, real_now)
        await connections.get("default").execute_query(_BEGIN_CONVERSATION, [message.openid, now])
        conversation = await Conversation.select_for_update().get(openid=message.openid)
        said = await respond(
            Talk(
                customer_id=customer.id,
                state=conversation.state,
                live_talk_id=conversation.live_talk_id,
                held=conversation.held_by is not None,
            )
        )
        conversation.state, conversation.updated_at = dict(said.state), now
        await conversation.save(update_fields=["state", "updated_at"])
        await TakenMessage.filter(id=taken).update(
            answer=said.answer,
            intent=said.intent,
            confidence=said.confidence,
            understood=dict(said.understood) if said.understood is not None else None,
        )
        return said.answer


async def note(message: Message, perform: Callable[[], Awaitable[None]], *, now: datetime) -> None:
    """Takes an event that nobody waits for an answer to, once, with all it causes."""
    async with in_transaction():
        if await _take(message, now) is None:
            return
        if message.event == "unsubscribe":
            await WechatIdentity.filter(app=message.app, openid=message.openid).update(follows=False)
        await perform()


async def needs_unionid(app: str, openid: str) -> bool:
    """Whether the platform should be asked who this is: nobody we know yet, or known without a unionid."""
    known = await WechatIdentity.get_or_none(app=app, openid=openid).prefetch_related("customer")
    return known is None or (known.customer.unionid is None and known.unionid_asked_at is None)


def act_of(talk: Talk, *, now: datetime, real_now: datetime) -> Act:
    """The customer acts, through the assistant."""
    return Act(by="customer", now=now, real_now=real_now, customer_id=talk.customer_id)


async def _take(message: Message, now: datetime) -> int | None:
    """The new row's id; None for a repeat, which waits here until the first one is through."""
    kind = (message.event or message.kind)[:_LONGEST_KIND]
    rows = await connections.get("default").execute_query_dict(
        _TAKE, [message.app, message.key, message.openid, kind, message.text, now]
    )
    return int(rows[0]["id"]) if rows else None


async def _stored_answer(message: Message) -> str | None:
    """The first answer; silence where it followed, or will follow, as a message of its own."""
    if await LateMessage.exists(app=message.app, key=message.key):
        return None
    return (await TakenMessage.get(app=message.app, key=message.key)).answer


async def _note_contact(message: Message, whose: Whose, real_now: datetime) -> None:
    """Who writes follows. A message, not an event, opens the customer-service window."""
    changes: dict[str, Any] = {"follows": True}
    if message.kind != "event":
        changes["last_message_at"] = real_now
    if whose.asked:
        changes["unionid_asked_at"] = real_now
    await WechatIdentity.filter(app=message.app, openid=message.openid).update(**changes)
