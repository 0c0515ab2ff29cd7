"""Talks as ten different people led them, through the real callbacks: each answer here was once a bad one."""

from datetime import timedelta

import pytest

from backend import clock
from backend.actions import development_clock
from backend.models import ConnectionApplication, Event, LiveTalk, OutboxMessage, Staff, Task, WechatIdentity
from config import policy
from tests.handlers.wechat.conftest import Chatter
from tests.handlers.wechat.test_impatient_customers import filed, talk
from tests.support.builders import an_application


async def pushes(message: str, login: str) -> int:
    member = await Staff.get(login=login)
    return await OutboxMessage.filter(message=message, staff_id=member.id).count()


async def burning(customer: Chatter, **more: object) -> ConnectionApplication:
    """The customer's application after ignition."""
    identity = await WechatIdentity.get(app="official_account").prefetch_related("customer")
    case = await an_application(identity.customer, at=clock.real_now(), **more)
    await ConnectionApplication.filter(id=case.id).update(stage="ignited", ignited_at=clock.real_now())
    return case


class TestFillingTheForm:
    async def test_the_surname_first_and_the_whole_name_later(self, customer: Chatter) -> None:
        talk(customer, "俺家想装天燃气", "姓刘")
        assert "姓名改为刘老根" in customer.say("刘老根，一三八三八零零幺二三四")

    async def test_a_firm_is_a_name_whatever_it_sounds_like(self, customer: Chatter) -> None:
        talk(customer, "中兴路商业街1号要装气", "工商业")
        assert "电话" in customer.say("好味道物业公司")
        assert not await LiveTalk.exists()

    async def test_who_skips_the_name_twice_is_not_called_skip(self, customer: Chatter) -> None:
        assert "姓名" in talk(customer, "我家想装天然气", "跳过", "跳过")

    async def test_the_name_may_come_before_the_kind(self, customer: Chatter) -> None:
        talk(customer, "我想装天然气", "小周")
        assert "电话" in customer.say("居民")

    async def test_the_kind_said_again_is_no_question(self, customer: Chatter) -> None:
        answer = talk(customer, "我家想装天然气", "居民")
        assert "姓名" in answer
        assert "依据" not in answer

    async def test_kind_and_place_change_in_passing(self, customer: Chatter) -> None:
        talk(customer, "我家想装天然气，我叫张三，电话13812345670，地址龙湖锦园3号楼501")
        assert "用气类型改为工商业" in customer.say("等等，是店里用，工商业")
        assert "地址改为中兴路商业街66号" in customer.say("地址也换，中兴路商业街66号")
        assert "中兴路商业街68号" in customer.say("门牌错了，是68号")
        assert "地址改为中兴路商业街66号" in customer.say("算了改回66号")

    async def test_a_question_in_the_middle_is_answered_though_it_names_a_home(
        self, customer: Chatter
    ) -> None:
        answer = talk(customer, "我想装天然气", "上门那天家里没人会怎样")
        assert "另约时间" in answer
        assert "居民还是工商业" in answer

    async def test_the_community_one_speaks_for_is_no_second_site(self, customer: Chatter) -> None:
        answer = customer.say(
            "你好我是龙湖锦园业主，姓名赵敏，手机13711112222，家住龙湖镇龙湖锦园9号楼2单元903，想装天然气，明天下午两点后有空，需要带什么资料？"
        )
        assert "一处一处" not in answer
        assert "需要什么资料" in answer
        assert "龙湖镇龙湖锦园9号楼2单元903" in customer.say("没有")

    async def test_a_form_laid_aside_is_taken_up_with_all_that_was_said(self, customer: Chatter) -> None:
        talk(customer, "我家想装天然气", "张三", "13812345670", "算了")
        answer = customer.say("还是装吧")
        assert "接着上次" in answer
        assert "地址" in answer
        talk(customer, "取消")
        assert "地址" in customer.say("不取消")

    @pytest.mark.parametrize("line", ["装", "报装", "申请"])
    async def test_one_word_begins(self, customer: Chatter, line: str) -> None:
        assert "居民还是工商业" in customer.say(line)

    @pytest.mark.parametrize("days", [1, 3])
    async def test_after_days_of_silence_one_is_asked_and_goes_on(self, customer: Chatter, days: int) -> None:
        talk(customer, "我家想装天然气", "张三")
        await development_clock.advance(timedelta(days=days))
        assert "接着填" in customer.say("你好")
        assert "电话" in customer.say("继续")

    async def test_after_days_a_new_question_is_answered_first(self, customer: Chatter) -> None:
        talk(customer, "我家想装天然气", "张三")
        await development_clock.advance(timedelta(days=3))
        answer = customer.say("报装要什么资料")
        assert "身份证" in answer
        assert "接着填" in answer

    async def test_known_data_are_offered(self, customer: Chatter) -> None:
        case = await filed(customer)
        await ConnectionApplication.filter(id=case.id).update(stage="cancelled")
        assert "李秀英" in talk(customer, "我家想装天然气")
        assert "138****0001" in customer.say("是")
        assert "37号楼583" in customer.say("是")
        assert "上门" in customer.say("是")


class TestAnger:
    async def test_a_second_urge_without_a_case_goes_to_a_person(self, customer: Chatter) -> None:
        assert "没有查到" in customer.say("你们搞什么，说好今天来装气，人呢？？")
        answer = customer.say("三天了！！怎么还不来")
        assert "让坐席帮您查" in answer
        assert await LiveTalk.exists()

    async def test_the_particulars_in_a_complaint_begin_the_form(self, customer: Chatter) -> None:
        talk(customer, "投诉你们")
        answer = customer.say("我开火锅店的，中兴路商业街18号，电话13700008888，姓陈，赶紧给我装")
        assert "交给主管" in answer
        assert "每小时" in answer
        assert "赶紧给我装" in (await Task.get(kind="human_chat")).facts["words"]

    async def test_urges_in_a_row_push_once_and_say_when(self, customer: Chatter) -> None:
        case = await filed(customer)
        assert "已替您催了" in customer.say("怎么还没来，催一下")
        for line in ("催催", "快点", "怎么还不来"):
            assert "已替您催过" in customer.say(line)
        assert await Event.filter(application_id=case.id, name="urged").count() == 4
        assert await pushes("customer_urges", "customer_manager") == 1
        assert await pushes("customer_urges", "supervisor") == 1

    async def test_after_a_while_an_urge_is_passed_on_again(self, customer: Chatter) -> None:
        await filed(customer)
        talk(customer, "催一下", "催一下")
        await development_clock.advance(timedelta(minutes=31))
        assert "已替您催了" in customer.say("催一下")
        assert await pushes("customer_urges", "customer_manager") == 2


class TestWaitingForAPerson:
    @pytest.mark.parametrize(("hour", "word"), [(10, "5分钟内"), (21, "08:00到20:00")])
    async def test_one_hears_when_somebody_will_answer(self, customer: Chatter, hour: int, word: str) -> None:
        tomorrow = clock.real_now().astimezone(policy.current().tz) + timedelta(days=1)
        at = tomorrow.replace(hour=hour, minute=0)
        await development_clock.move_to(at, real_now=clock.real_now())
        answer = customer.say("转人工")
        assert word in answer
        assert "4000678099" in answer

    async def test_a_number_left_meanwhile_is_for_the_agent(self, customer: Chatter) -> None:
        answer = talk(customer, "转人工", "13837120001")
        assert "小程序" not in answer
        assert "13837120001" in (await LiveTalk.get()).words


class TestAfterIgnition:
    async def test_a_telephone_is_put_right_after_a_word(self, customer: Chatter) -> None:
        case = await burning(customer)
        assert "13900002222" in customer.say("电话错了，是13900002222")
        assert "已改为" in customer.say("对")
        await case.refresh_from_db()
        assert (case.contact_phone, case.stage) == ("13900002222", "ignited")
        assert await pushes("corrected_staff", "customer_manager") == 1

    @pytest.mark.parametrize("line", ["名字写错了，应该是李秀兰", "地址错了，是龙湖锦园9号楼583"])
    async def test_who_uses_the_meter_is_changed_by_a_person(self, customer: Chatter, line: str) -> None:
        case = await burning(customer)
        answer = customer.say(line)
        assert "已经通气" in answer
        assert line in (await LiveTalk.get()).words
        before = (case.contact_name, case.address)
        await case.refresh_from_db()
        assert (case.contact_name, case.address) == before

    async def test_a_score_with_a_word_is_both(self, customer: Chatter) -> None:
        case = await burning(customer)
        answer = customer.say("两分，太慢")
        assert "2分" in answer
        assert "抱歉" in answer
        await case.refresh_from_db()
        assert (case.rating, case.rating_comment) == (2, "两分，太慢")
        assert await pushes("customer_rated", "customer_manager") == 1
        assert "没有待评价" in customer.say("评价")


class TestErrands:
    async def test_a_new_telephone_is_a_correction(self, customer: Chatter) -> None:
        case = await filed(customer)
        assert "13900002222" in customer.say("我电话换了13900002222")
        customer.say("对")
        await case.refresh_from_db()
        assert case.contact_phone == "13900002222"

    async def test_what_still_lacks_is_told_however_short_the_question(self, customer: Chatter) -> None:
        await filed(customer)
        assert "身份证" in customer.say("还差啥")

    async def test_the_manager_is_named_with_the_telephone(self, customer: Chatter) -> None:
        await filed(customer)
        answer = customer.say("我的客户经理是谁，电话多少")
        manager = await Staff.get(login="customer_manager")
        assert manager.name in answer
        assert manager.phone in answer

    async def test_how_long_means_ones_own_where_there_is_one(self, customer: Chatter) -> None:
        case = await filed(customer)
        assert case.number in customer.say("什么时候能用上")

    async def test_a_number_of_a_house_alone_mends_the_address(self, customer: Chatter) -> None:
        case = await filed(customer)
        assert "9号楼" in customer.say("改成9号楼")
        customer.say("对")
        await case.refresh_from_db()
        assert "9号楼" in case.address

    async def test_one_plain_clause_is_heard_among_others(self, customer: Chatter) -> None:
        await filed(customer)
        answer = customer.say("顺便问一下能装壁挂炉吗，另外帮我催一下，还有经理电话")
        assert "已替您催了" in answer
        assert "联系客户经理" in answer


class TestWhatIsNoConnection:
    @pytest.mark.parametrize(
        ("line", "word"),
        [
            ("搬家了燃气怎么办", "重新|报装"),
            ("燃气过户怎么弄", "过户"),
            ("能装壁挂炉吗", "不能替公司答应"),
            ("燃气卡丢了", "燃气卡"),
            ("怎么交气费", "查不到"),
            ("家里没气了", "先关好灶具"),
            ("安检什么时候来", "不在这里约"),
            ("天然气多少钱一方气", "不能乱报"),
        ],
    )
    async def test_it_is_shown_its_own_door(self, customer: Chatter, line: str, word: str) -> None:
        answer = customer.say(line)
        assert any(one in answer for one in word.split("|"))
        assert "4000678099" in answer or "报装" in answer
        assert not await Task.exists()

    async def test_advice_nobody_has_confirmed_says_so(self, customer: Chatter) -> None:
        assert "以客户经理现场确认为准" in customer.say("上门那天家里没人会怎样")

    async def test_a_question_before_there_is_a_case_ends_with_how_to_begin(self, customer: Chatter) -> None:
        assert "回复「报装」" in customer.say("报装要什么资料")

    async def test_who_writes_english_is_shown_the_way(self, customer: Chatter) -> None:
        answer = customer.say("zorp blick fnord wumple")
        assert "Chinese only" in answer
        assert "4000678099" in answer
