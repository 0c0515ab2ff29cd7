"""Gas smell, fire, poisoning: the approved answer at once, in any state, and somebody is alerted."""

import pytest

from backend.bots.understanding.store import load_model
from backend.bots.vigilance import watch
from backend.models import Conversation, OutboxMessage, Task
from tests.handlers.wechat.conftest import Chatter


def check_answer(answer: str) -> None:
    """All that the approved text must say."""
    for word in ("不要开关", "不要点火", "门窗", "阀门", "室外", "4000678099", "4000693666", "119", "120"):
        assert word in answer


@pytest.fixture(scope="module")
def suspected() -> str:
    """A line the model of the day only suspects; which one it is changes with the training text."""
    return a_suspected_line()


def a_suspected_line() -> str:
    model = load_model()
    lines = (
        "家里怪怪的",
        "气好像不对",
        "燃气好像有问题",
        "屋里闷得很",
        "炉子不对劲",
        "屋里空气不好",
        "管子那湿了",
        "表那边不太正常",
        "灶那边声音不一样",
        "阀门那有点不对",
    )
    found = [line for line in lines if (danger := watch(line, model)) and not danger.certain]
    assert found
    return found[0]


class TestAlarms:
    @pytest.mark.parametrize("words", ["家里有很浓的煤气味", "厨房着火了", "洗澡的时候头晕恶心"])
    async def test_the_answer_comes_and_the_duty_officer_is_alerted(
        self, customer: Chatter, words: str
    ) -> None:
        check_answer(customer.say(words))
        task = await Task.get(kind="emergency")
        assert task.facts["words"] == words
        assert await OutboxMessage.filter(message="emergency", priority=0).count() == 2  # template and WeCom

    async def test_it_interrupts_the_form_which_goes_on_afterwards(self, customer: Chatter) -> None:
        customer.say("我家想装天然气")
        check_answer(customer.say("等下，屋里有燃气味"))
        assert "电话" in customer.say("张三")

    async def test_a_voice_counts_as_its_words(self, customer: Chatter) -> None:
        check_answer(customer.read(customer.act("voice", recognition="我闻到煤气味了")))

    @pytest.mark.parametrize("before", [0, 600, 1900])
    async def test_it_is_heard_in_the_middle_of_a_screenful(self, customer: Chatter, before: int) -> None:
        around = "我去年在你们营业厅办的手续，材料都交齐了，师傅人也很好。"
        told = (around * 80)[:before] + "，现在厨房一股煤气味，" + (around * 80)[: 2000 - before]

        check_answer(customer.say(told))
        assert await Task.filter(kind="emergency").count() == 1

    @pytest.mark.parametrize("asked", ["怎么称呼", "电话", "地址"])
    async def test_it_is_heard_in_whatever_field_of_the_form(self, customer: Chatter, asked: str) -> None:
        customer.say("我家想装天然气")
        if asked != "怎么称呼":
            customer.say("张三")
        if asked == "地址":
            customer.say("13912345678")

        check_answer(customer.say("龙湖镇双湖大道8号 厨房漏气了"))
        assert await Task.filter(kind="emergency").count() == 1

    async def test_it_is_heard_in_a_rating(self, customer: Chatter) -> None:
        check_answer(customer.say("给5星，不过装完以后灶后面一直有煤气味"))
        assert await Task.filter(kind="emergency").count() == 1

    async def test_words_in_a_row_are_one_alarm_and_answered_each_time(self, customer: Chatter) -> None:
        for words in ("有煤气味", "煤气味越来越重了", "快来人啊，煤气漏了"):
            check_answer(customer.say(words))
        task = await Task.get(kind="emergency")
        assert "越来越重" in task.facts["words"]
        assert await OutboxMessage.filter(message="emergency").count() == 2

    async def test_a_graver_danger_is_an_alarm_of_its_own(self, customer: Chatter) -> None:
        customer.say("有煤气味")
        customer.say("着火了")
        assert await Task.filter(kind="emergency").count() == 2

    async def test_a_repeat_raises_nothing_and_gets_the_answer(self, customer: Chatter) -> None:
        customer.say("有煤气味")
        check_answer(customer.read(customer.act("repeat")))
        task = await Task.get(kind="emergency")
        assert task.facts["words"] == "有煤气味"

    async def test_words_that_only_sound_like_danger_raise_none(self, customer: Chatter) -> None:
        customer.say("你们慢得像要爆炸")
        customer.say("想装燃气报警器")
        assert not await Task.filter(kind="emergency").exists()

    async def test_in_the_mini_programs_chat_too(self, customer: Chatter) -> None:
        customer.act("say", text="有煤气味", app="mini_program")
        (message,) = customer.messages("custom", wait=10)
        check_answer(message["text"])
        assert await Task.filter(kind="emergency").count() == 1
        assert await Conversation.all().count() == 2


class TestDoubt:
    """A line the rules do not know and the learned reader only suspects."""

    async def test_the_safety_words_come_first_and_nobody_is_woken(
        self, customer: Chatter, suspected: str
    ) -> None:
        answer = customer.say(suspected)

        for word in ("不要开关", "不要点火", "窗", "阀门", "室外", "4000678099", "119", "120", "吗？"):
            assert word in answer
        assert not await Task.filter(kind="emergency").exists()

    @pytest.mark.parametrize("yes", ["有，闻到燃气味了，请快来人", "有", "是的", "1", "不确定"])
    async def test_a_yes_is_an_alarm(self, customer: Chatter, suspected: str, yes: str) -> None:
        customer.say(suspected)
        check_answer(customer.say(yes))

        assert await Task.filter(kind="emergency").count() == 1

    @pytest.mark.parametrize("no", ["没有，一切正常", "没有", "2"])
    async def test_a_no_lets_the_form_go_on(self, customer: Chatter, suspected: str, no: str) -> None:
        customer.say("我家想装天然气")
        customer.say(suspected)

        assert "姓名" in customer.say(no)
        assert not await Task.filter(kind="emergency").exists()

    async def test_certain_danger_in_reply_to_the_question_is_an_alarm(
        self, customer: Chatter, suspected: str
    ) -> None:
        customer.say(suspected)
        check_answer(customer.say("不光有味，厨房着火了"))

        task = await Task.get(kind="emergency")
        assert task.facts["danger"] == "fire"

    async def test_the_name_of_a_place_is_asked_about(self, customer: Chatter) -> None:
        """It may be the customer's own words, and it may be how a shop is called."""
        place = {"latitude": 34.4, "longitude": 113.7, "label": "这里煤气漏了快来人"}
        answer = customer.read(customer.act("location", **place))

        assert "不要点火" in answer
        assert not await Task.filter(kind="emergency").exists()
        check_answer(customer.say("有"))
        task = await Task.get(kind="emergency")
        assert "煤气漏了" in task.facts["words"]

    async def test_another_wish_is_heard_and_the_question_forgotten(
        self, customer: Chatter, suspected: str
    ) -> None:
        customer.say(suspected)

        assert "身份证" in customer.say("装天然气要什么材料")
        assert not await Task.filter(kind="emergency").exists()
