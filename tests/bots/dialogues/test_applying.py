"""The application form: only what is missing, corrections, questions in the middle, a day's pause."""

from dataclasses import replace
from datetime import timedelta

import pytest

from backend.bots.dialogues.turns import FileApplication, KeepPicture
from backend.queries.my_cases import Person
from tests.bots.dialogues.conftest import HOME, Talker, a_case


def fill_up_to_the_end(someone: Talker) -> str:
    """All answered, nothing optional; the summary."""
    for line in ("我家想装天然气", "张三", "13812345678", HOME, "跳过"):
        someone.say(line)
    return someone.say("没有")


class TestAsking:
    def test_each_question_says_what_it_asks_for(self, someone: Talker) -> None:
        assert "居民还是工商业" in someone.say("我想装天然气")
        assert "姓名" in someone.say("居民")
        assert "电话" in someone.say("张三")
        assert "地址" in someone.say("13812345678")
        assert "上门" in someone.say(HOME)
        assert "照片" in someone.say("跳过")
        assert "确认" in someone.say("没有")

    def test_several_facts_in_one_sentence_are_not_asked_again(self, someone: Talker) -> None:
        asked = someone.say("我家想装天然气，我叫李四，电话13912345678，住龙湖镇龙湖锦园2号楼101")
        assert "上门" in asked

    def test_firms_are_asked_for_their_flow_and_may_skip_it(self, someone: Talker) -> None:
        for line in ("饭店要装气", "刘大厨", "13700001111"):
            someone.say(line)
        assert "立方" in someone.say("中兴路商业街8号")
        assert "上门" in someone.say("不清楚")

    @pytest.mark.parametrize("answer", ["2", "工商业", "第二个"])
    def test_choices_can_be_numbered_or_named(self, someone: Talker, answer: str) -> None:
        someone.say("我想装天然气")
        someone.say(answer)
        assert someone.state.form is not None
        assert someone.state.form.kind == "non_resident"

    def test_a_line_that_was_touched_is_its_choice(self, someone: Talker) -> None:
        someone.say("我想装天然气")
        someone.say("工商业", menu_id="non_resident")
        assert someone.state.form is not None
        assert someone.state.form.kind == "non_resident"

    @pytest.mark.parametrize("wrong", ["0371", "1381234567", "138123456789"])
    def test_a_number_that_is_none_is_asked_for_kindly_again(self, someone: Talker, wrong: str) -> None:
        for line in ("我家想装天然气", "张三"):
            someone.say(line)
        again = someone.say(wrong)
        assert "核对" in again
        assert "电话" in again

    @pytest.mark.parametrize("wrong", ["新郑市龙湖镇", "不知道", "家"])
    def test_an_address_that_names_no_place_is_asked_for_again(self, someone: Talker, wrong: str) -> None:
        for line in ("我家想装天然气", "张三", "13812345678"):
            someone.say(line)
        assert "详细" in someone.say(wrong)


class TestFiling:
    def test_confirmed_it_is_filed_with_what_was_said(self, someone: Talker) -> None:
        fill_up_to_the_end(someone)
        someone.say("确认")
        assert isinstance(someone.deed, FileApplication)
        form = someone.deed.form
        assert (form.kind, form.name, form.phone) == ("resident", "张三", "13812345678")
        assert someone.state.form is None

    def test_nothing_is_filed_before_the_word(self, someone: Talker) -> None:
        fill_up_to_the_end(someone)
        someone.say("不对")
        assert someone.deed is None

    def test_a_wished_hour_is_read_in_shanghai(self, someone: Talker) -> None:
        for line in ("我家想装天然气", "张三", "13812345678", HOME):
            someone.say(line)
        someone.say("明天上午十点")
        assert "11月24日 10:00" in someone.say("没有")

    def test_photos_before_and_during_the_form_go_with_it(self, someone: Talker) -> None:
        someone.hear(kind="image", media_id="before")
        assert isinstance(someone.deed, KeepPicture)
        for line in ("我家想装天然气", "张三", "13812345678"):
            someone.say(line)
        someone.hear(kind="image", media_id="during")
        someone.say(HOME)
        someone.say("跳过")
        someone.say("确认")
        assert isinstance(someone.deed, FileApplication)
        assert someone.deed.pictures == {"before": "identity", "during": "title_or_lease"}


class TestChangingOnesMind:
    @pytest.mark.parametrize(
        ("line", "shown"),
        [
            ("电话错了，是13912345670", "13912345670"),
            ("名字错了，应该是李四", "李四"),
            ("地址改成龙湖锦园5号楼2单元301", "5号楼2单元301"),
        ],
    )
    def test_what_was_wrong_is_put_right(self, someone: Talker, line: str, shown: str) -> None:
        fill_up_to_the_end(someone)
        assert shown in someone.say(line)

    def test_a_correction_without_its_value_is_asked_for(self, someone: Talker) -> None:
        fill_up_to_the_end(someone)
        assert "联系电话" in someone.say("电话写错了")

    def test_a_question_in_the_middle_is_answered_and_the_form_goes_on(self, someone: Talker) -> None:
        someone.say("我家想装天然气")
        answer = someone.say("要多久能通气？")
        assert "1天" in answer
        assert "姓名" in answer
        assert "电话" in someone.say("张三")

    @pytest.mark.parametrize("line", ["算了", "退出", "取消"])
    def test_the_form_can_be_left(self, someone: Talker, line: str) -> None:
        someone.say("我家想装天然气")
        someone.say(line)
        assert someone.state.form is None

    def test_after_a_day_one_is_asked_whether_to_go_on(self, someone: Talker) -> None:
        for line in ("我家想装天然气", "张三"):
            someone.say(line)
        someone.wait(timedelta(days=1))
        assert "接着填" in someone.say("你好")
        assert "电话" in someone.say("继续")

    def test_or_to_begin_anew(self, someone: Talker) -> None:
        for line in ("我家想装天然气", "张三"):
            someone.say(line)
        someone.wait(timedelta(days=1))
        someone.say("在吗")
        assert "居民还是工商业" in someone.say("重新开始")


class TestKnownPeople:
    def test_name_and_verified_phone_are_offered(self, someone: Talker) -> None:
        someone.person = Person(name="张三", phone="13812345678", cases=(a_case(open=False),))
        someone.say("我家想装天然气")
        assert "138****5678" in someone.say("是")
        assert "龙湖锦园" in someone.say("是")
        assert someone.state.form is not None
        assert (someone.state.form.name, someone.state.form.phone) == ("张三", "13812345678")

    def test_a_phone_is_never_shown_in_full_before_it_was_typed(self, someone: Talker) -> None:
        someone.person = Person(name="张三", phone="13812345678")
        someone.say("我家想装天然气")
        assert "13812345678" not in someone.say("是")

    def test_a_place_is_offered_as_the_address(self, someone: Talker) -> None:
        for line in ("我家想装天然气", "张三", "13812345678"):
            someone.say(line)
        assert "龙湖锦园3号楼" in someone.hear(kind="location", label="龙湖锦园3号楼")
        assert "上门" in someone.say("是")
        assert someone.state.form == replace(someone.state.form, address="龙湖锦园3号楼")  # type: ignore[type-var]  # the form is there
