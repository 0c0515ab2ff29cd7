"""A person of ours in the chat: one agent only, within the platform's rules, and never a customer left in silence."""

import asyncio
from datetime import timedelta

import pytest

from backend.actions import human_chats, live_talks, outbox, people, tasks
from backend.actions.act import Act
from backend.actions.human_chats import Wish
from backend.actions.people import Identity
from backend.gateways.post import PostOffice
from backend.models import (
    AuditEntry,
    Conversation,
    Customer,
    DeliveryAttempt,
    LiveTalk,
    OutboxMessage,
    Staff,
    Task,
    WechatIdentity,
)
from backend.queries import live_desk, talk_lines
from backend.rules.errors import NotAllowed
from tests.support.builders import MONDAY_15, a_member_of_staff, an_act
from tests.support.delivery import deliver_all, deliver_for
from tests.support.platform import Platform

MINUTES = timedelta(minutes=1)


@pytest.fixture
async def agent(database: str) -> Staff:
    return await a_member_of_staff("hotline_agent", name="陈晨", openid=None)


@pytest.fixture
async def talk(customer: Customer, agent: Staff, platform: Platform) -> LiveTalk:
    """A customer who has just written that they want a person."""
    platform.act("customer", "say", text="转人工")
    identity = await WechatIdentity.get(customer_id=customer.id)
    await WechatIdentity.all().update(last_message_at=MONDAY_15)
    await Conversation.create(openid=identity.openid, updated_at=MONDAY_15)
    wish = Wish(app="official_account", openid=identity.openid, words="转人工", contact_phone="13812345678")
    return (await human_chats.ask(wish, act=an_act(customer_id=customer.id))).talk


def by(agent: Staff, after: timedelta = timedelta()) -> Act:
    return an_act("hotline_agent", MONDAY_15 + after, staff_id=agent.id)


async def look_after(after: timedelta) -> bool:
    return await live_talks.look_after_next(act=an_act("system", MONDAY_15 + after))


async def held(talk: LiveTalk) -> bool:
    return (await Conversation.get(openid=talk.openid)).held_by is not None


class TestTaking:
    async def test_of_two_agents_at_once_one_has_it(self, talk: LiveTalk, agent: Staff) -> None:
        other = await a_member_of_staff("colleague", "hotline_agent")
        outcomes = await asyncio.gather(
            live_talks.take(talk.id, act=by(agent)),
            live_talks.take(talk.id, act=by(other)),
            return_exceptions=True,
        )
        [refusal] = [one for one in outcomes if isinstance(one, NotAllowed)]
        assert refusal.sentence == "talk_taken"
        [taken] = [one for one in outcomes if isinstance(one, LiveTalk)]
        assert (await Task.get(id=talk.task_id)).assignee_id == taken.agent_id
        assert await AuditEntry.filter(action="talk_read").count() == 1

    async def test_accepting_the_task_on_the_phone_takes_the_talk(self, talk: LiveTalk, agent: Staff) -> None:
        await tasks.accept(talk.task_id, act=by(agent))
        assert (await LiveTalk.get(id=talk.id)).agent_id == agent.id
        assert await held(talk)
        await tasks.finish(talk.task_id, "已答复", act=by(agent))
        assert (await LiveTalk.get(id=talk.id)).state == "ended"
        assert not await held(talk)

    async def test_nobody_answers_in_a_talk_they_have_not_taken(self, talk: LiveTalk, agent: Staff) -> None:
        with pytest.raises(NotAllowed) as refusal:
            await live_talks.reply(talk.id, "您好", act=by(agent))
        assert refusal.value.sentence == "talk_not_yours"
        assert not await OutboxMessage.exists(message="agent_reply")


class TestAnswering:
    @pytest.fixture(autouse=True)
    async def _taken(self, talk: LiveTalk, agent: Staff) -> None:
        await live_talks.take(talk.id, act=by(agent))

    async def test_the_words_reach_the_customer_with_the_agents_name(
        self, talk: LiveTalk, agent: Staff, platform: Platform, post: PostOffice
    ) -> None:
        await live_talks.reply(talk.id, "您好，请说", act=by(agent))
        await deliver_all(post)
        assert "坐席陈晨：您好，请说" in [one["text"] for one in platform.read("customer", "custom")]
        [line] = [line for line in await talk_lines.lines_of(talk.openid) if line.by == "agent"]
        assert (line.name, line.delivery) == ("陈晨", "delivered")

    async def test_after_the_window_closed_it_is_refused_with_what_to_do(
        self, talk: LiveTalk, agent: Staff
    ) -> None:
        late = 48 * 60 * MINUTES
        with pytest.raises(NotAllowed) as refusal:
            await live_talks.reply(talk.id, "还在吗", act=by(agent, late))
        assert refusal.value.sentence == "window_closed"
        assert not await OutboxMessage.exists(message="agent_reply")

    async def test_the_sixth_in_a_row_waits_for_the_customers_word(
        self, talk: LiveTalk, agent: Staff
    ) -> None:
        for number in range(5):
            await live_talks.reply(talk.id, f"第{number}句", act=by(agent, MINUTES))
        with pytest.raises(NotAllowed) as refusal:
            await live_talks.reply(talk.id, "再说一句", act=by(agent, MINUTES))
        assert refusal.value.sentence == "count_used_up"
        assert (await live_desk.words_left(await live_desk.get_talk(talk.id)))[0] == 0
        await WechatIdentity.all().update(last_message_at=MONDAY_15 + 2 * MINUTES)
        await live_talks.reply(talk.id, "好的", act=by(agent, 3 * MINUTES))

    @pytest.mark.parametrize(
        ("errcode", "advice"),
        [(45015, "打电话"), (45047, "用完"), (43004, "没有关注"), (48002, "关闭了接收")],
    )
    async def test_what_the_platform_refuses_is_seen_with_the_reason_and_somebody_calls(
        self, errcode: int, advice: str, talk: LiveTalk, agent: Staff, platform: Platform, post: PostOffice
    ) -> None:
        platform.fault("error", "*custom/send", errcode=errcode)
        await live_talks.reply(talk.id, "您好", act=by(agent))
        await deliver_all(post)
        [line] = [line for line in await talk_lines.lines_of(talk.openid) if line.by == "agent"]
        assert line.delivery == "refused"
        assert advice in (line.advice or "")
        assert await Task.exists(kind="call_back", state="open")

    async def test_a_crash_between_sending_and_recording_is_counted_and_said_at_most_twice(
        self, talk: LiveTalk, agent: Staff, platform: Platform, post: PostOffice
    ) -> None:
        await live_talks.reply(talk.id, "您好", act=by(agent))
        reply = await OutboxMessage.get(message="agent_reply")
        await OutboxMessage.exclude(id=reply.id).delete()
        assert await outbox.claim(1, act=Act.system(now=MONDAY_15, real_now=MONDAY_15))
        # sent, and then the process was gone
        await DeliveryAttempt.create(message_id=reply.id, channel="customer_service", began_at=MONDAY_15)
        [line] = [line for line in await talk_lines.lines_of(talk.openid) if line.by == "agent"]
        assert line.delivery == "uncertain"
        await deliver_for(post, 2 * MINUTES)
        assert len([one for one in platform.read("customer", "custom") if "您好" in one["text"]]) == 1
        assert await DeliveryAttempt.filter(message_id=reply.id).count() == 2
        assert (await OutboxMessage.get(id=reply.id)).state == "delivered"


class TestInTheMiniProgram:
    async def test_the_words_go_where_the_customer_wrote(
        self, agent: Staff, platform: Platform, post: PostOffice
    ) -> None:
        openid = platform.person("customer", follows=True)["mp_openid"]
        platform.act("customer", "say", text="转人工", app="mini_program")
        person = await people.identify(Identity(app="mini_program", openid=openid), now=MONDAY_15)
        await WechatIdentity.all().update(last_message_at=MONDAY_15)
        await Conversation.create(openid=openid, updated_at=MONDAY_15)
        wish = Wish(app="mini_program", openid=openid, words="转人工")
        talk = (await human_chats.ask(wish, act=an_act(customer_id=person.id))).talk
        await live_talks.take(talk.id, act=by(agent))
        await live_talks.reply(talk.id, "您好，请说", act=by(agent))
        await deliver_all(post)
        [line] = [line for line in await talk_lines.lines_of(openid) if line.by == "agent"]
        assert line.delivery == "delivered"
        assert any("您好，请说" in one["text"] for one in platform.read("customer", "custom"))


class TestGoingBack:
    async def test_given_back_the_customer_knows_and_the_task_is_done(
        self, talk: LiveTalk, agent: Staff, platform: Platform, post: PostOffice
    ) -> None:
        await live_talks.take(talk.id, act=by(agent))
        await live_talks.hand_back(talk.id, "已解释容缺受理", act=by(agent))
        await deliver_all(post)
        assert any("智能助手接着" in one["text"] for one in platform.read("customer", "custom"))
        task = await Task.get(id=talk.task_id)
        assert (task.state, task.facts["outcome"]) == ("done", "已解释容缺受理")
        assert not await held(talk)

    async def test_half_an_hour_without_a_word_ends_it(self, talk: LiveTalk, agent: Staff) -> None:
        await live_talks.take(talk.id, act=by(agent))
        await live_talks.reply(talk.id, "稍后给您答复", act=by(agent, 10 * MINUTES))
        assert not await look_after(39 * MINUTES)
        assert await look_after(40 * MINUTES)
        after = await LiveTalk.get(id=talk.id)
        assert (after.state, after.ended_by) == ("ended", "silence")
        assert await OutboxMessage.exists(message="talk_returned")

    async def test_a_customer_whom_the_agent_forgot_waits_at_the_desk_again(
        self, talk: LiveTalk, agent: Staff
    ) -> None:
        await live_talks.take(talk.id, act=by(agent))
        await live_talks.reply(talk.id, "您好", act=by(agent, MINUTES))
        await live_talks.hear(talk.id, act=an_act(at=MONDAY_15 + 5 * MINUTES))
        await live_talks.hear(talk.id, act=an_act(at=MONDAY_15 + 30 * MINUTES))
        assert not await look_after(34 * MINUTES)
        assert await look_after(35 * MINUTES)
        after = await LiveTalk.get(id=talk.id)
        assert (after.state, after.agent_id) == ("waiting", None)
        assert (await Task.get(id=talk.task_id)).state == "open"
        assert await OutboxMessage.filter(message="human_wanted", staff_id=agent.id).count() == 2
        assert await OutboxMessage.exists(message="talk_passed_on")
        assert not await held(talk)

    async def test_nobody_in_five_minutes_is_told_to_supervisor_and_customer_once(
        self, talk: LiveTalk
    ) -> None:
        supervisor = await a_member_of_staff("supervisor")
        assert not await look_after(4 * MINUTES)
        assert await look_after(5 * MINUTES)
        assert not await look_after(30 * MINUTES)
        alarm = await OutboxMessage.get(staff_id=supervisor.id)
        assert (alarm.message, alarm.facts["waited"]) == ("human_unanswered", "5分钟")
        assert await OutboxMessage.exists(message="talk_delayed")

    async def test_courtesies_are_left_out_where_the_platform_would_refuse_them(
        self, talk: LiveTalk, agent: Staff
    ) -> None:
        await live_talks.take(talk.id, act=by(agent))
        assert await look_after(49 * 60 * MINUTES)
        assert not await OutboxMessage.exists(message="talk_passed_on")
