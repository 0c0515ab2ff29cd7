"""Talks as impatient people lead them, through the real callbacks: each answers what once was answered badly."""

import pytest

from backend.models import ConnectionApplication, Document, Event, OutboxMessage, Staff, Task, Visit
from tests.handlers.wechat.conftest import Chatter

ALL_AT_ONCE = "我家想装天然气，我叫李秀英，电话13837120001，地址新郑市龙湖镇龙湖锦园37号楼583"


def talk(customer: Chatter, *lines: str) -> str:
    """Says them one by one; the last answer."""
    answer = ""
    for line in lines:
        answer = customer.say(line)
    return answer


async def filed(customer: Chatter, *more: str) -> ConnectionApplication:
    talk(customer, ALL_AT_ONCE, *(more or ("不急", "没带")), "确认")
    return await ConnectionApplication.get()


class TestFillingTheForm:
    async def test_an_old_lady_speaks_as_she_speaks(self, customer: Chatter) -> None:
        talk(customer, "俺想问问俺家里头能不能通那个天然气啊", "俺姓李，叫李秀英", "幺三八三七幺二三四五六")
        summary = talk(customer, "龙湖镇龙湖锦园五号楼二单元三零幺", "啥时候都中", "俺不会拍照")
        assert "13837123456" in summary
        assert "5号楼2单元301" in summary
        assert "报装成功" in customer.say("中")

    @pytest.mark.parametrize("wrong", ["居民", "联系谁", "太慢", "整个院子"])
    async def test_what_is_no_name_is_not_taken_for_one(self, customer: Chatter, wrong: str) -> None:
        assert "姓名" in talk(customer, "我家想装天然气", wrong)

    async def test_a_rare_name_is_believed_the_second_time(self, customer: Chatter) -> None:
        assert "姓名" in talk(customer, "我家想装天然气", "查干巴拉")
        assert "电话" in customer.say("查干巴拉")

    async def test_a_phone_is_no_address(self, customer: Chatter) -> None:
        asked = talk(customer, "我家想装天然气", "张三", "13812345670", "13812345670")
        assert "地址" in asked

    async def test_an_address_may_come_in_pieces(self, customer: Chatter) -> None:
        assert "哪个小区" in talk(customer, "我家想装天然气", "张三", "13812345670", "3号楼501")
        summary = talk(customer, "龙湖锦园", "2单元", "随便", "没有")
        assert "龙湖锦园3号楼2单元501" in summary

    async def test_another_city_is_told_so(self, customer: Chatter) -> None:
        assert "新郑" in talk(customer, "我家想装天然气", "张三", "13812345670", "北京市朝阳区建国路1号")

    async def test_a_village_address_keeps_what_stands_behind_it(self, customer: Chatter) -> None:
        talk(customer, "我家想装天然气", "刘铁柱", "13838001234", "辛店镇刘庄村东头第三家")
        assert "刘庄村东头第三家" in talk(customer, "随便", "没有")

    async def test_a_name_with_something_else_is_a_name(self, customer: Chatter) -> None:
        assert "电话" in talk(customer, "我家想装天然气", "张三，明天下午有空")

    async def test_a_figure_of_flow_is_no_day_and_breakfast_no_hour(self, customer: Chatter) -> None:
        talk(customer, "我开了个早餐店想通气", "老王", "13700003333", "中兴路商业街77号")
        assert "用气量" in customer.say("0")
        assert "上门" in customer.say("12.5")

    async def test_back_anew_and_aside(self, customer: Chatter) -> None:
        talk(customer, "我家想装天然气", "张三", "13812345670")
        assert "电话" in customer.say("上一步")
        assert "居民还是工商业" in customer.say("重新开始")
        assert "继续" in customer.say("算了")
        assert "居民还是工商业" in customer.say("继续")

    async def test_the_same_wish_twice_blames_nobody(self, customer: Chatter) -> None:
        answer = talk(customer, "我家想装天然气", "我家想装天然气")
        assert "正在帮您" in answer
        assert "没看明白" not in answer

    async def test_who_is_stuck_is_offered_a_person(self, customer: Chatter) -> None:
        assert "人工" in talk(customer, "我家想装天然气", "张三", "不想留", "没有电话")

    @pytest.mark.parametrize("sticker", ["😂😂", "[微笑]", "？"])
    async def test_stickers_leave_the_question_open(self, customer: Chatter, sticker: str) -> None:
        assert "姓名" in talk(customer, "我家想装天然气", sticker)

    @pytest.mark.parametrize("yes", ["嗯嗯，确认吧，谢谢", "可以了 提交", "提交吧", "确认一下", "好的好的"])
    async def test_a_yes_has_many_words(self, customer: Chatter, yes: str) -> None:
        assert "报装成功" in talk(customer, ALL_AT_ONCE, "不急", "没带", yes)

    async def test_a_place_takes_its_building(self, customer: Chatter) -> None:
        talk(customer, "我家想装天然气", "张三", "13812345670")
        customer.read(customer.act("location", label="新郑市龙湖镇龙湖锦园"))
        summary = talk(customer, "3号楼501", "随便", "没有")
        assert "新郑市龙湖镇龙湖锦园3号楼501" in summary


class TestCorrections:
    @pytest.mark.parametrize(
        ("line", "word"),
        [
            ("电话错了，是13900001111", "13900001111"),
            ("不是37号楼是5号楼", "龙湖锦园5号楼583"),
            ("房号是502", "龙湖锦园37号楼502"),
            ("2单元", "37号楼2单元583"),
            ("地址改成龙湖锦园8号楼301", "龙湖锦园8号楼301"),
            ("名字不对，叫王芳", "王芳"),
            ("时间改成后天下午三点", "15:00"),
        ],
    )
    async def test_before_filing_they_are_read_back(self, customer: Chatter, line: str, word: str) -> None:
        answer = talk(customer, ALL_AT_ONCE, "不急", "没带", line)
        assert word in answer
        assert "确认" in answer

    async def test_a_mistake_is_told_by_its_value(self, customer: Chatter) -> None:
        assert "姓名改为张三" in talk(customer, "我家想装天然气", "我叫张山", "错了，是张三")

    async def test_no_is_asked_what_and_the_word_alone_suffices(self, customer: Chatter) -> None:
        talk(customer, ALL_AT_ONCE, "不急", "没带")
        assert "哪一项" in customer.say("不对")
        assert "联系电话" in customer.say("电话")
        assert "13700003333" in customer.say("13700003333")

    @pytest.mark.parametrize(
        ("line", "field", "value"),
        [
            ("电话错了，是13900002222", "contact_phone", "13900002222"),
            ("名字写错了应该是李秀兰", "contact_name", "李秀兰"),
            ("不是37号楼是9号楼", "address", "新郑市龙湖镇龙湖锦园9号楼583"),
        ],
    )
    async def test_after_filing_they_are_asked_once_more_and_done(
        self, customer: Chatter, line: str, field: str, value: str
    ) -> None:
        case = await filed(customer)
        assert value in customer.say(line)
        await case.refresh_from_db()
        assert getattr(case, field) != value
        assert "已改为" in customer.say("对")
        await case.refresh_from_db()
        assert getattr(case, field) == value
        assert (await Event.get(name="corrected")).facts["before"][field]
        manager = await Staff.get(login="customer_manager")
        assert await OutboxMessage.filter(message="corrected_staff", staff_id=manager.id).exists()

    async def test_or_left_as_they_were(self, customer: Chatter) -> None:
        case = await filed(customer)
        talk(customer, "电话错了，是13900002222", "不改了")
        await case.refresh_from_db()
        assert case.contact_phone == "13837120001"

    async def test_without_the_value_it_is_asked_for(self, customer: Chatter) -> None:
        await filed(customer)
        assert "把对的电话" in customer.say("我电话写错了")
        assert "13900002222" in customer.say("13900002222")


class TestSeveralWishes:
    async def test_one_act_is_done_and_the_others_are_offered(self, customer: Chatter) -> None:
        answer = customer.say("我要报装，顺便问下多少钱，还想投诉你们接电话慢")
        assert "交给主管" in answer
        assert "bizmsgmenu" in answer
        assert "多少钱" in answer
        assert "报装" in answer
        assert "居民还是工商业" in customer.say("1")

    async def test_an_act_goes_before_a_question(self, customer: Chatter) -> None:
        await filed(customer)
        answer = customer.say("我要催一下，另外还缺什么资料，经理电话多少")
        assert "已替您催了" in answer
        assert "联系客户经理" in answer
        assert await Event.filter(name="urged").exists()

    async def test_danger_comes_before_all_of_them(self, customer: Chatter) -> None:
        assert "室外" in customer.say("我要报装，还有家里好像有煤气味，多少钱")
        assert await Task.filter(kind="emergency").exists()

    async def test_a_touched_line_means_its_wish_even_in_a_form(self, customer: Chatter) -> None:
        talk(customer, "我家想装天然气")
        answer = customer.say("多少钱、哪种套餐", bizmsgmenuid="package")
        assert "书面" in answer
        assert "姓名" in answer

    async def test_sites_named_together_are_filed_one_by_one(self, customer: Chatter) -> None:
        first = customer.say("我们饭店有两个店要装气：中兴路商业街1号、中兴路商业街2号")
        assert "中兴路商业街1号" in first
        talk(customer, "好味道餐饮公司", "13812349999", "跳过", "不急", "没带")
        assert "中兴路商业街2号" in customer.say("确认")
        summary = talk(customer, "接着报", "跳过", "不急", "没带")
        assert "好味道餐饮公司" in summary
        assert "中兴路商业街2号" in summary
        assert "报装成功" in customer.say("确认")
        assert await ConnectionApplication.all().count() == 2

    async def test_a_whole_community_goes_to_a_person(self, customer: Chatter) -> None:
        assert "统一办" in customer.say("我是物业，我们小区三百户都想装")
        assert await Task.filter(kind="human_chat").exists()


class TestVisits:
    async def test_free_hours_are_offered_and_one_is_booked_by_its_number(self, customer: Chatter) -> None:
        await filed(customer)
        assert "有空" in customer.say("约个时间")
        assert "上门" in customer.say("1")
        assert await Visit.all().count() == 1

    @pytest.mark.parametrize(("line", "why"), [("昨天上午", "已经过了"), ("半夜两点", "08:00")])
    async def test_hours_that_cannot_be_are_refused(self, customer: Chatter, line: str, why: str) -> None:
        await filed(customer)
        answer = talk(customer, "约上门", line)
        assert why in answer
        assert "有空" in answer
        assert not await Visit.exists()

    async def test_the_hour_may_be_left_to_us_or_the_wish_dropped(self, customer: Chatter) -> None:
        await filed(customer)
        assert "打电话与您约" in talk(customer, "约上门", "你们定吧")
        assert "随时" in talk(customer, "约上门", "算了不约了")
        assert not await Visit.exists()

    async def test_a_day_that_does_not_suit_is_not_booked(self, customer: Chatter) -> None:
        await filed(customer)
        talk(customer, "明天我不在家")
        assert not await Visit.exists()


class TestCancelling:
    async def test_the_reason_is_kept_as_it_was_said(self, customer: Chatter) -> None:
        case = await filed(customer)
        talk(customer, "我要取消，不装了，太贵", "确定取消")
        await case.refresh_from_db()
        assert case.stage == "cancelled"
        assert "太贵" in (await Event.get(name="cancelled")).facts["note"]

    async def test_a_yes_after_danger_cancels_nothing(self, customer: Chatter) -> None:
        case = await filed(customer)
        assert "室外" in talk(customer, "取消报装", "家里漏气了")
        customer.say("确定")
        await case.refresh_from_db()
        assert case.stage == "accepted"

    async def test_it_is_kept_when_somebody_hesitates(self, customer: Chatter) -> None:
        case = await filed(customer)
        assert "不取消" in talk(customer, "取消报装", "不了")
        await case.refresh_from_db()
        assert case.stage == "accepted"


class TestSeveralCases:
    async def test_what_was_said_is_done_for_the_one_that_is_meant(self, customer: Chatter) -> None:
        first = await filed(customer)
        talk(customer, "再报一个", "龙湖锦园61号楼579", "不急", "没带", "确认")
        assert "哪一件" in customer.say("约明天下午三点上门")
        assert "15:00" in customer.say("2")
        assert (await Visit.get()).application_id == first.id

    async def test_one_more_needs_only_the_new_address(self, customer: Chatter) -> None:
        await filed(customer)
        assert "地址" in customer.say("再报一个")


class TestPhotos:
    async def test_several_at_once_are_named_one_by_one(self, customer: Chatter) -> None:
        case = await filed(customer)
        assert "哪一份" in customer.send_picture(b"\xff\xd8\xff\xe0one")
        assert "一张一张" in customer.send_picture(b"\xff\xd8\xff\xe0two")
        assert "下一张" in customer.say("身份证")
        assert "房产证" in customer.say("房产证")
        kinds = {paper.kind for paper in await Document.filter(application_id=case.id)}
        assert kinds == {"identity", "title_or_lease"}

    async def test_one_is_another_paper_after_all(self, customer: Chatter) -> None:
        case = await filed(customer)
        customer.send_picture()
        talk(customer, "身份证", "不对，那是房产证")
        assert [paper.kind for paper in await Document.filter(application_id=case.id)] == ["title_or_lease"]
        assert "身份证" in customer.say("还缺什么资料没交")

    async def test_in_the_form_too(self, customer: Chatter) -> None:
        talk(customer, ALL_AT_ONCE, "不急")
        customer.send_picture()
        assert "房产证" in customer.say("这张是房产证")
        assert "还差身份证" in customer.say("确认")
        assert (await Document.get()).kind == "title_or_lease"

    async def test_one_that_is_no_paper_goes_to_the_manager(self, customer: Chatter) -> None:
        case = await filed(customer)
        customer.send_picture()
        assert case.number in customer.say("都不是")
        assert (await Document.get()).application_id == case.id


class TestWithoutACase:
    async def test_a_complaint_is_asked_for_its_words(self, customer: Chatter) -> None:
        assert "什么事" in customer.say("投诉")
        customer.say("师傅没来还骂人")
        assert "师傅没来" in (await Task.get(kind="human_chat")).facts["words"]

    async def test_anger_is_met_kindly_with_a_way_on(self, customer: Chatter) -> None:
        answer = customer.say("你们这帮骗子，等了三天了还没人来，垃圾")
        for word in ("抱歉", "人工", "4000678099"):
            assert word in answer

    @pytest.mark.parametrize(
        ("line", "word"),
        [
            ("XZ20261124", "不全"),
            ("你是机器人吗", "智能助手"),
            ("算了", "随时"),
            ("继续", "没有填到一半"),
            ("😂😂", "收到"),
            ("嗯", "随时"),
            ("那行，装吧", "居民还是工商业"),
            ("https://mp.weixin.qq.com/s/abc", "打不开"),
        ],
    )
    async def test_small_things_are_answered(self, customer: Chatter, line: str, word: str) -> None:
        assert word in customer.say(line)

    async def test_a_second_confirmation_says_that_it_is_done(self, customer: Chatter) -> None:
        case = await filed(customer)
        assert case.number in customer.say("确认")
