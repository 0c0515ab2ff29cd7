"""A person of ours talks with a customer in the chat: takes the talk, answers, gives it back to the assistant."""

from tortoise.transactions import in_transaction

from backend.actions import _live, _tasks, audit
from backend.actions._recipients import window_open
from backend.actions.act import Act
from backend.models import LiveReply, LiveTalk, Staff, Task, WechatIdentity
from backend.rules.errors import NotAllowed
from backend.rules.wording import say_span
from config import policy
from config.messages.live import live_words


async def take(talk_id: int, *, act: Act) -> LiveTalk:
    """The actor has the talk from now on, and reads what was said before, which is noted; taking one's own changes nothing.

    Raises NotFound, NotAllowed when a colleague has it or it has ended.
    """
    async with in_transaction():
        talk = await _live.lock(talk_id)
        if talk.state == "held" and talk.agent_id == act.staff_id:
            return talk
        if talk.state != "waiting":
            raise _live.refuse(talk, "taken")
        task = await Task.select_for_update().get(id=talk.task_id)
        task.state, task.accepted_at, task.assignee_id = "accepted", act.now, act.staff_id
        await task.save(update_fields=["state", "accepted_at", "assignee_id"])
        await _live.take(talk, act=act)
        await audit.note_talk_reading(talk.id, act=act)
        return talk


async def reply(talk_id: int, text: str, *, act: Act) -> LiveReply:
    """Queues the agent's words as a customer-service message.

    Raises NotFound; NotAllowed when the actor does not have the talk, or the platform lets nobody write to this customer now.
    """
    async with in_transaction():
        talk = await _lock_own(talk_id, "replied", act)
        await _check_window(talk, act)
        agent = await Staff.get(id=act.staff_id)
        message = await _live.write(talk, "agent_reply", {"agent": agent.name, "text": text}, act=act)
        talk.unanswered_since = None
        talk.due_at = act.now + policy.current().live_chat.returns_after
        await talk.save(update_fields=["unanswered_since", "due_at"])
        return await LiveReply.create(
            talk_id=talk.id,
            staff_id=agent.id,
            text=text,
            at=act.now,
            real_at=act.real_now,
            message_id=message,
        )


async def hand_back(talk_id: int, note: str | None, *, act: Act) -> LiveTalk:
    """The assistant answers again. Raises NotFound, NotAllowed when the actor does not have the talk."""
    async with in_transaction():
        talk = await _lock_own(talk_id, "handed_back", act)
        await _live.end(talk, "agent", act=act)
        await _end_task(talk, note or live_words().handed_back, act)
        return talk


async def hear(talk_id: int, *, act: Act) -> None:
    """The customer wrote to the agent. In the message's transaction, which holds the conversation."""
    talk = await LiveTalk.select_for_update().get(id=talk_id)
    if talk.state == "held" and talk.unanswered_since is None:
        talk.unanswered_since = act.now
        talk.due_at = act.now + policy.current().live_chat.returns_after
        await talk.save(update_fields=["unanswered_since", "due_at"])


async def look_after_next(*, act: Act) -> bool:
    """One talk that nobody took in time, or whose agent went silent; False when there is none."""
    known = await LiveTalk.filter(due_at__lte=act.now).order_by("due_at").first()
    if known is None:
        return False
    async with in_transaction():
        talk = await _live.lock(known.id)
        if talk.due_at is None or talk.due_at > act.now:
            return True  # another process was first
        if talk.state == "waiting":
            await _alarm(talk, act)
        elif talk.unanswered_since is not None:
            await _live.put_back(talk, act=act)
        else:
            await _live.end(talk, "silence", act=act)
            await _end_task(talk, live_words().went_silent, act)
        return True


async def _alarm(talk: LiveTalk, act: Act) -> None:
    talk.due_at = None
    await talk.save(update_fields=["due_at"])
    waited = say_span(act.now - talk.asked_at)
    await _live.tell_staff(talk, "human_unanswered", "supervisor", act=act, waited=waited)
    await _live.tell_customer(talk, "talk_delayed", act=act)


async def _lock_own(talk_id: int, event: str, act: Act) -> LiveTalk:
    talk = await _live.lock(talk_id)
    if talk.state == "waiting":
        raise NotAllowed(stage=talk.state, event=event, sentence="talk_not_yours")
    if talk.state != "held" or talk.agent_id != act.staff_id:
        raise _live.refuse(talk, event)
    return talk


async def _check_window(talk: LiveTalk, act: Act) -> None:
    identity = await WechatIdentity.get(app=talk.app, openid=talk.openid)
    if not window_open(identity, act.real_now):
        raise NotAllowed(stage=talk.state, event="replied", sentence="window_closed")
    if await _live.may_write(talk, real_now=act.real_now) <= 0:
        raise NotAllowed(stage=talk.state, event="replied", sentence="count_used_up")


async def _end_task(talk: LiveTalk, outcome: str, act: Act) -> None:
    task = await Task.select_for_update().get(id=talk.task_id)
    task.facts = {**task.facts, "outcome": outcome}
    await task.save(update_fields=["facts"])
    await _tasks.end(task, "done", now=act.now)
