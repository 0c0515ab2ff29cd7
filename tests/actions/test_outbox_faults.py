"""Each way the platform can fail: nothing is lost, and what the platform can recognise is never doubled."""

from datetime import timedelta

import pytest

from backend.actions import pauses, receipts
from backend.gateways.post import PostOffice
from backend.models import (
    Customer,
    DeliveryAttempt,
    OutboxMessage,
    Staff,
    Task,
    WechatIdentity,
)
from tests.support.builders import MONDAY_15, a_customer, a_member_of_staff, an_act, an_application
from tests.support.delivery import a_letter_to, deliver_all, deliver_for
from tests.support.platform import Platform

MINUTES = timedelta(minutes=1)


class TestPassingTrouble:
    @pytest.mark.parametrize("kind", ["busy", "down", "non_json", "reset", "expired_token", "invalid_token"])
    async def test_a_message_arrives_once_when_the_trouble_is_over(
        self, kind: str, manager: Staff, platform: Platform, post: PostOffice
    ) -> None:
        platform.fault(kind, "*template/send", count=3)
        await a_letter_to(manager)
        await deliver_for(post, 5 * MINUTES)
        assert len(platform.read("customer_manager", "template")) == 1
        assert platform.read("customer_manager", "wecom") == []

    async def test_a_lost_answer_does_not_double_a_template_message(
        self, manager: Staff, platform: Platform, post: PostOffice
    ) -> None:
        platform.fault("lost_answer", "*template/send", count=2)
        await a_letter_to(manager)
        await deliver_for(post, 2 * MINUTES)
        assert len(platform.read("customer_manager", "template")) == 1
        assert [row.outcome for row in await DeliveryAttempt.all().order_by("id")] == [
            "unknown",
            "unknown",
            "accepted",
        ]

    async def test_a_slow_answer_does_not_double_a_template_message(
        self, manager: Staff, platform: Platform, post: PostOffice
    ) -> None:
        platform.fault("late_answer", "*template/send", seconds=4.5, count=1)
        await a_letter_to(manager)
        await deliver_for(post, 1 * MINUTES)
        assert len(platform.read("customer_manager", "template")) == 1

    async def test_revoked_tokens_are_renewed_on_the_way(
        self, manager: Staff, platform: Platform, post: PostOffice
    ) -> None:
        await a_letter_to(manager)
        await deliver_all(post)
        platform.revoke_tokens()
        await a_letter_to(manager)
        await deliver_all(post)
        assert len(platform.read("customer_manager", "template")) == 2

    async def test_a_used_up_quota_sends_staff_by_wecom_at_once(
        self, manager: Staff, platform: Platform, post: PostOffice
    ) -> None:
        platform.fault("limit", "*template/send")
        await a_letter_to(manager)
        await deliver_all(post)
        assert len(platform.read("customer_manager", "wecom")) == 1

    async def test_an_outage_of_an_hour_loses_nothing_and_calls_nobody_back(
        self, customer: Customer, platform: Platform, post: PostOffice
    ) -> None:
        platform.fault("down")
        await a_letter_to(customer)
        await deliver_for(post, 60 * MINUTES, step=MINUTES)
        platform.heal()
        await deliver_for(post, 10 * MINUTES, step=MINUTES, since=MONDAY_15 + 60 * MINUTES)
        assert len(platform.read("customer", "template")) == 1
        assert not await Task.exists(kind="call_back")


class TestRefusals:
    async def test_staff_who_do_not_follow_get_it_by_wecom(
        self, database: str, platform: Platform, post: PostOffice
    ) -> None:
        platform.person("customer_manager", follows=False)
        await a_letter_to(await a_member_of_staff("customer_manager", openid=None))
        await deliver_all(post)
        (card,) = platform.read("customer_manager", "wecom")
        assert "新任务：一对一上门" in card["text"]

    async def test_a_customer_who_refuses_messages_is_called_back(
        self, customer: Customer, platform: Platform, post: PostOffice
    ) -> None:
        await a_member_of_staff("hotline_agent")
        platform.fault("user_refused", "*message*send")
        await a_letter_to(customer)
        await deliver_all(post)  # taken by the platform, whose receipt then says that the person blocks us
        attempt = await DeliveryAttempt.get(outcome="accepted")
        await receipts.settle(
            str(attempt.platform_id), delivered=False, reason="user_blocked", real_now=MONDAY_15
        )
        await deliver_all(post)
        task = await Task.get(kind="call_back")
        assert task.facts["title"] == "报装已受理"

    async def test_our_own_mistake_is_told_to_the_supervisor_once_an_hour(
        self, manager: Staff, platform: Platform, post: PostOffice
    ) -> None:
        await a_member_of_staff("supervisor", openid=None)
        platform.fault("error", "*template/send", errcode=40037)
        for _ in range(3):
            await a_letter_to(manager)
        await deliver_all(post)
        assert len(platform.read("customer_manager", "wecom")) == 3
        (alarm,) = platform.read("supervisor", "wecom")
        assert "有消息没能送到" in alarm["text"]

    async def test_our_own_mistake_is_told_again_in_the_next_hour(
        self, manager: Staff, platform: Platform, post: PostOffice
    ) -> None:
        await a_member_of_staff("supervisor", openid=None)
        platform.fault("error", "*template/send", errcode=40037)
        for hours in (0, 1):
            await a_letter_to(manager)
            await deliver_all(post, at=MONDAY_15 + timedelta(hours=hours))
        assert len(platform.read("supervisor", "wecom")) == 2


class TestWithoutWeChat:
    async def test_the_hotline_gets_one_call_back_for_all_that_could_not_be_said(
        self, database: str, platform: Platform, post: PostOffice
    ) -> None:
        await a_member_of_staff("hotline_agent", openid=None)
        application = await an_application(await a_customer(follows=False))
        await deliver_all(post)
        await pauses.pause(application.number, "customer_reason", "出差", act=an_act("supervisor"))
        await deliver_all(post)
        task = await Task.get(kind="call_back")
        assert len(task.facts["messages"]) == 2
        (card,) = platform.read("hotline_agent", "wecom")
        assert "张三" in card["text"]

    async def test_a_closed_customer_service_window_is_not_knocked_at(
        self, database: str, platform: Platform, post: PostOffice
    ) -> None:
        person = platform.person("customer", follows=True)
        customer = await a_customer(person["oa_openid"])
        await WechatIdentity.all().update(last_message_at=MONDAY_15 - timedelta(hours=48))
        platform.fault("error", "*template/send", errcode=43004)
        await a_letter_to(customer)
        await deliver_all(post)
        assert platform.calls("/cgi-bin/message/custom/send") == []
        assert (await OutboxMessage.get(message="accepted")).state == "called_back"


class TestReceipts:
    async def test_a_failed_receipt_hands_over_to_the_next_channel(
        self, manager: Staff, platform: Platform, post: PostOffice
    ) -> None:
        await a_letter_to(manager)
        await deliver_all(post)
        sent = await DeliveryAttempt.get()
        assert await receipts.settle(
            str(sent.platform_id), delivered=False, reason="system_failed", real_now=MONDAY_15
        )
        await deliver_all(post)
        assert len(platform.read("customer_manager", "wecom")) == 1

    async def test_a_repeated_failed_receipt_changes_nothing_more(
        self, manager: Staff, platform: Platform, post: PostOffice
    ) -> None:
        await a_letter_to(manager)
        await deliver_all(post)
        sent = await DeliveryAttempt.get()
        for _ in range(3):
            await receipts.settle(
                str(sent.platform_id), delivered=False, reason="system_failed", real_now=MONDAY_15
            )
            await deliver_all(post)
        assert len(platform.read("customer_manager", "wecom")) == 1

    async def test_a_receipt_that_overtakes_the_answer_counts_when_the_answer_is_written(
        self, manager: Staff, platform: Platform, post: PostOffice
    ) -> None:
        platform.fault("lost_answer", "*template/send", count=1)
        await a_letter_to(manager)
        await deliver_all(post)
        (message,) = platform.read("customer_manager", "template")
        assert not await receipts.settle(
            str(message["msgid"]), delivered=False, reason="system_failed", real_now=MONDAY_15
        )
        await deliver_for(
            post, MINUTES
        )  # the repeat gets the same id, and with it the failure that was here first
        assert len(platform.read("customer_manager", "wecom")) == 1

    async def test_a_receipt_nobody_knows_is_taken_quietly(self, database: str) -> None:
        assert not await receipts.settle("1", delivered=True, reason="", real_now=MONDAY_15)
        assert await receipts.forget_old(real_now=MONDAY_15 + timedelta(days=8)) == 1
