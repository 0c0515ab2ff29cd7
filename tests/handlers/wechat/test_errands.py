"""Errands about a case through the real callbacks: each has its effect, in the books and on somebody's phone."""

from datetime import timedelta

import pytest

from backend import clock
from backend.models import (
    ConnectionApplication,
    Document,
    Event,
    OutboxMessage,
    Staff,
    Task,
    Visit,
    WechatIdentity,
)
from tests.handlers.wechat.conftest import Chatter
from tests.support.builders import an_application


@pytest.fixture
async def case(customer: Chatter) -> ConnectionApplication:
    """The customer's open application, which lacks two papers."""
    identity = await WechatIdentity.get(app="official_account").prefetch_related("customer")
    return await an_application(identity.customer, at=clock.real_now())


async def told(message: str, login: str) -> bool:
    member = await Staff.get(login=login)
    return await OutboxMessage.filter(message=message, staff_id=member.id).exists()


class TestErrands:
    async def test_urging_reaches_the_manager(self, customer: Chatter, case: ConnectionApplication) -> None:
        assert "王经理" in customer.say("怎么还没来，催一下")
        assert await told("customer_urges", "customer_manager")

    async def test_a_complaint_reaches_the_supervisor_in_its_words(
        self, customer: Chatter, case: ConnectionApplication
    ) -> None:
        customer.say("我要投诉，师傅说好上午来结果没来")
        event = await Event.get(name="complained")
        assert "说好上午来" in event.facts["note"]
        assert await told("customer_complains", "supervisor")

    async def test_a_visit_is_booked_and_moved(self, customer: Chatter, case: ConnectionApplication) -> None:
        customer.say("明天上午十点上门吧")
        first = (await Visit.get(application_id=case.id)).at
        customer.say("改到后天下午三点")
        assert (await Visit.get(application_id=case.id)).at - first == timedelta(hours=29)
        assert await told("customer_moved_visit", "customer_manager")

    async def test_an_hour_too_far_off_is_refused_kindly(
        self, customer: Chatter, case: ConnectionApplication
    ) -> None:
        customer.say("我想约上门时间")
        assert "最多" in customer.say("六十天后")
        assert not await Visit.exists()

    async def test_cancelling_takes_a_second_word(
        self, customer: Chatter, case: ConnectionApplication
    ) -> None:
        customer.say("取消报装")
        assert (await ConnectionApplication.get(id=case.id)).stage != "cancelled"
        assert case.number in customer.say("确定取消")
        assert (await ConnectionApplication.get(id=case.id)).stage == "cancelled"

    async def test_a_photo_becomes_the_paper_it_shows(
        self, customer: Chatter, case: ConnectionApplication
    ) -> None:
        assert "哪一份" in customer.send_picture()
        assert "身份证" in customer.say("身份证")
        paper = await Document.get()
        assert (paper.application_id, paper.kind, paper.state) == (case.id, "identity", "waiting")
        assert "房产证" in customer.send_picture(b"\xff\xd8\xff\xe0another")
        assert "齐了" in customer.say("还缺什么资料没交")

    async def test_a_person_is_called_once_however_often(self, customer: Chatter) -> None:
        customer.say("转人工")
        customer.say("人工客服")
        task = await Task.get(kind="human_chat")
        assert "人工客服" in task.facts["words"]
        assert await told("human_wanted", "hotline_agent")

    async def test_nobody_learns_of_anothers_case(
        self, customer: Chatter, company: None, database: str
    ) -> None:
        other = await an_application(at=clock.real_now())
        for words in (f"{other.number}到哪一步了", f"催一下{other.number}", f"取消{other.number}"):
            answer = customer.say(words)
            assert "没有查到" in answer
            assert other.contact_name not in answer
        assert not await Event.filter(name__in=["urged", "cancelled"]).exists()
