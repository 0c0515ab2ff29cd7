"""A customer who wants a person, through the real callbacks: who is silent when, and what the agent sees."""

import pytest

from backend import clock
from backend.actions import live_talks
from backend.actions.act import Act
from backend.models import Conversation, Document, LiveTalk, OutboxMessage, Staff, TakenMessage, Task
from backend.queries import talk_lines
from backend.queries.talk_lines import Line
from tests.handlers.wechat.conftest import Chatter
from tests.handlers.wechat.test_emergencies import check_answer


async def take() -> LiveTalk:
    """The agent takes the one open talk."""
    agent = await Staff.get(login="hotline_agent")
    act = Act(by="hotline_agent", now=clock.now(), real_now=clock.real_now(), staff_id=agent.id)
    return await live_talks.take((await LiveTalk.get(state="waiting")).id, act=act)


async def give_back(talk: LiveTalk) -> None:
    act = Act(by="hotline_agent", now=clock.now(), real_now=clock.real_now(), staff_id=talk.agent_id)
    await live_talks.hand_back(talk.id, None, act=act)


async def customers_lines(talk: LiveTalk) -> list[Line]:
    return [line for line in await talk_lines.lines_of(talk.openid) if line.by == "customer"]


class TestCalling:
    async def test_the_customer_hears_when_and_the_desk_is_pushed(self, customer: Chatter) -> None:
        answer = customer.say("转人工")
        assert "4000678099" in answer
        talk = await LiveTalk.get()
        assert (talk.state, talk.reason) == ("waiting", "asked")
        assert await OutboxMessage.filter(message="human_wanted").count() == 1

    async def test_the_assistant_calls_when_it_does_not_understand_twice(self, customer: Chatter) -> None:
        customer.say("呃呃呃嗯嗯哈哈咦")
        assert not await LiveTalk.exists()
        assert "请人工" in customer.say("嘟嘟叭叭啦啦噜噜")
        talk = await LiveTalk.get()
        assert (talk.reason, talk.words) == ("unsure", "嘟嘟叭叭啦啦噜噜")

    async def test_something_clear_in_between_begins_the_count_anew(self, customer: Chatter) -> None:
        customer.say("呃呃呃嗯嗯哈哈咦")
        customer.say("报装要什么资料")
        customer.say("嘟嘟叭叭啦啦噜噜")
        assert not await LiveTalk.exists()

    async def test_a_complaint_waits_for_a_person(self, customer: Chatter) -> None:
        assert "很抱歉" in customer.say("我要投诉，师傅说好上午来结果没来")
        assert (await LiveTalk.get()).reason == "complaint"

    async def test_while_waiting_the_assistant_still_answers_what_it_knows(self, customer: Chatter) -> None:
        customer.say("转人工")
        assert "身份证" in customer.say("报装要什么资料")
        talk = await LiveTalk.get()
        assert [line.text for line in await customers_lines(talk)][-2:] == ["转人工", "报装要什么资料"]


class TestTalking:
    @pytest.fixture
    async def talk(self, customer: Chatter) -> LiveTalk:
        customer.say("转人工")
        return await take()

    async def test_the_assistant_is_silent_and_the_agent_sees_it(
        self, customer: Chatter, talk: LiveTalk
    ) -> None:
        assert customer.say("我家到哪一步了") == ""
        line = (await customers_lines(talk))[-1]
        assert (line.text, line.intent) == ("我家到哪一步了", "progress")
        assert (await LiveTalk.get()).unanswered_since is not None

    async def test_a_repeat_of_the_platform_is_one_line(self, customer: Chatter, talk: LiveTalk) -> None:
        customer.say("还有个事")
        assert customer.read(customer.act("repeat")) == ""
        assert [line.text for line in await customers_lines(talk)].count("还有个事") == 1

    async def test_a_picture_is_kept_for_the_agent(self, customer: Chatter, talk: LiveTalk) -> None:
        assert customer.send_picture() == ""
        line = (await customers_lines(talk))[-1]
        picture = await Document.get()
        assert (line.kind, line.document_id, line.picture) == ("image", picture.id, "waiting")

    async def test_danger_is_answered_at_once_and_the_duty_officer_alerted(
        self, customer: Chatter, talk: LiveTalk
    ) -> None:
        check_answer(customer.say("等一下，屋里有煤气味"))
        task = await Task.get(kind="emergency")
        assert task.facts["words"] == "等一下，屋里有煤气味"
        assert await OutboxMessage.filter(message="emergency").count() == 2
        lines = await talk_lines.lines_of(talk.openid)
        assert [line.by for line in lines[-2:]] == ["customer", "assistant"]
        assert customer.say("好的知道了") == ""  # the talk goes on with the agent

    async def test_given_back_the_assistant_goes_on(self, customer: Chatter, talk: LiveTalk) -> None:
        await give_back(talk)
        assert "身份证" in customer.say("报装要什么资料")


class TestWhatIsKept:
    async def test_each_message_with_what_was_understood_and_why(self, customer: Chatter) -> None:
        customer.say("我叫张小满，电话13712345678，想装天然气")
        row = await TakenMessage.get(text__startswith="我叫张小满")
        assert row.intent == "apply"
        assert row.confidence is not None
        assert row.confidence > 0.5
        assert row.understood["by"] in {"rule", "model", "facts"}
        assert row.understood["entities"]["contact_phone"] == "13712345678"
        customer.say("家里有很浓的煤气味")
        row = await TakenMessage.get(intent="emergency")
        assert (row.understood["by"], row.understood["danger"]) == ("safety", "leak")


class TestDoubtsWhileTalking:
    async def test_a_yes_to_the_question_of_danger_is_heard_though_an_agent_has_the_talk(
        self, customer: Chatter
    ) -> None:
        customer.say("转人工")
        talk = await take()
        conversation = await Conversation.get(openid=talk.openid)
        asked = {"kind": "danger", "words": "屋里味道怪怪的"}
        await Conversation.filter(openid=talk.openid).update(
            state={**conversation.state, "question": asked}, turns=conversation.turns + 1
        )
        assert customer.say("今天天气不错") == ""
        check_answer(customer.say("是的"))
        assert (await Task.get(kind="emergency")).facts["words"].startswith("屋里味道怪怪的")
        assert customer.say("好的知道了") == ""
