"""What taking, ending and passing on a live talk have in common. Rows are locked conversation, talk, task, in this order."""

from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from tortoise.expressions import F

from backend.actions import _outbox
from backend.actions._recipients import window_open
from backend.actions.act import Act
from backend.gateways.post import Channel
from backend.models import (
    ConnectionApplication,
    Conversation,
    LiveReply,
    LiveTalk,
    Staff,
    Task,
    WechatIdentity,
)
from backend.rules.errors import NotAllowed, NotFound
from config import policy
from config.delivery import delivery
from config.messages.texts import words

DESK = "hotline_agent"
EndedBy = Literal["agent", "silence"]

_SHOWN_WORDS = 200
_ONE_MORE = F("turns") + 1  # a message that was read before is judged again
_CHANNELS: dict[str, Channel] = {
    "official_account": "customer_service",
    "mini_program": "program_service",
}


async def lock(talk_id: int) -> LiveTalk:
    """The talk, alone with its customer's conversation. Raises NotFound."""
    known = await LiveTalk.get_or_none(id=talk_id)
    if known is None:
        raise NotFound
    await Conversation.select_for_update().get_or_none(openid=known.openid)
    return await LiveTalk.select_for_update().get(id=talk_id)


async def lock_of_task(task_id: int) -> LiveTalk | None:
    """The talk behind a task, locked; None for a task about anything else."""
    known = await LiveTalk.get_or_none(task_id=task_id)
    return await lock(known.id) if known else None


async def take(talk: LiveTalk, *, act: Act) -> None:
    """The actor talks with the customer from now on; the assistant is silent. The talk is locked and waits."""
    talk.state, talk.agent_id, talk.taken_at = "held", act.staff_id, act.now
    talk.unanswered_since, talk.due_at = act.now, act.now + policy.current().live_chat.returns_after
    await talk.save()
    await Conversation.filter(openid=talk.openid).update(
        live_talk_id=talk.id, held_by=act.staff_id, turns=_ONE_MORE
    )


async def end(talk: LiveTalk, by: EndedBy, *, act: Act) -> None:
    """The assistant answers again, and the customer knows."""
    talk.state, talk.ended_at, talk.ended_by, talk.due_at = "ended", act.now, by, None
    await talk.save()
    await Conversation.filter(openid=talk.openid).update(live_talk_id=None, held_by=None, turns=_ONE_MORE)
    await tell_customer(talk, "talk_returned", act=act)


async def put_back(talk: LiveTalk, *, act: Act) -> None:
    """The agent has gone quiet with the customer waiting: the desk gets it anew, and the customer knows."""
    talk.state, talk.agent_id, talk.taken_at = "waiting", None, None
    talk.due_at = act.now + policy.current().live_chat.answer_within
    await talk.save()
    await Conversation.filter(openid=talk.openid).update(held_by=None, turns=_ONE_MORE)
    await Task.filter(id=talk.task_id).update(
        state="open", assignee_id=None, accepted_at=None, due_at=talk.due_at
    )
    await tell_desk(talk, act=act)
    await tell_customer(talk, "talk_passed_on", act=act)


async def tell_desk(talk: LiveTalk, *, act: Act) -> None:
    """Every agent is pushed."""
    await tell_staff(talk, "human_wanted", DESK, act=act)


async def tell_staff(talk: LiveTalk, message: str, role: str, *, act: Act, **more: str) -> None:
    """A push about the talk to everybody with the role."""
    facts = {**await _contact(talk), "report": talk.words[:_SHOWN_WORDS], **more}
    letter = _outbox.Letter(message=message, facts=facts, target=str(talk.task_id))
    for person in await Staff.filter(active=True, roles__contains=[role]):
        await _outbox.queue(letter, act=act, staff_id=person.id)


async def tell_customer(talk: LiveTalk, message: str, *, act: Act) -> None:
    """A courtesy: said where the platform still lets us, else left unsaid, for nobody has to be called about it."""
    if await may_write(talk, real_now=act.real_now) > 0:
        await write(talk, message, {"hotline": policy.current().hotlines.numbers[0]}, act=act)


async def write(talk: LiveTalk, message: str, facts: dict[str, str], *, act: Act) -> UUID:
    """A customer-service message to the app the customer writes from; its id."""
    known = {**await _contact(talk), **facts}
    letter = _outbox.Letter(message=message, facts=known, only=_CHANNELS[talk.app], inbox=False)
    case = await ConnectionApplication.get(id=talk.application_id) if talk.application_id else None
    return await _outbox.queue(letter, act=act, customer_id=talk.customer_id, case=case)


async def may_write(talk: LiveTalk, *, real_now: datetime) -> int:
    """How many messages the platform still lets us send; none once its window is closed."""
    identity = await WechatIdentity.get(app=talk.app, openid=talk.openid)
    if not window_open(identity, real_now):
        return 0
    since = identity.last_message_at or real_now - timedelta(days=1)
    return (
        delivery().customer_service_count - await LiveReply.filter(talk_id=talk.id, real_at__gt=since).count()
    )


async def _contact(talk: LiveTalk) -> dict[str, str]:
    known = (await Task.get(id=talk.task_id)).facts
    return {key: known[key] or words().none for key in ("contact_name", "contact_phone")}


def refuse(talk: LiveTalk, event: str) -> NotAllowed:
    """Why the talk cannot be had."""
    sentence = "talk_ended" if talk.state == "ended" else "talk_taken"
    return NotAllowed(stage=talk.state, event=event, sentence=sentence)
