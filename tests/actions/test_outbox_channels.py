"""The channels that keep no track of repeats: subscribe messages, each for one consent, and the chat inside its window."""

from datetime import timedelta

import pytest

from backend.actions import consents, outbox, receipts
from backend.actions.receipts import Subscriber
from backend.gateways.post import PostOffice
from backend.models import Customer, OutboxMessage, SubscriptionGrant, Task, WechatIdentity
from config.messages.texts import templates
from tests.support.builders import MONDAY_15, a_customer, an_act
from tests.support.delivery import a_letter_to, deliver_all, deliver_for
from tests.support.pace import Unhurried
from tests.support.platform import Platform

MINUTES = timedelta(minutes=1)
SUBSCRIBE, NOTICE = "SM-CASE-PROGRESS", "SN-CASE-PROGRESS"


class TestSubscribeMessages:
    @pytest.fixture
    async def subscriber(self, database: str, platform: Platform) -> Customer:
        """Only the mini-program reaches this customer, with one consent."""
        person = platform.person("customer", follows=False)
        customer = await a_customer(person["oa_openid"], follows=False)
        program = await WechatIdentity.create(
            app="mini_program", openid=person["mp_openid"], customer_id=customer.id, created_at=MONDAY_15
        )
        template = templates()["case_progress"].mini_program
        assert template is not None
        await SubscriptionGrant.create(
            identity_id=program.id, template_id=template.id, remaining=1, updated_at=MONDAY_15
        )
        platform.act("customer", "subscribe", results={template.id: "accept"})
        return customer

    async def test_one_consent_carries_one_message(
        self, subscriber: Customer, platform: Platform, post: PostOffice
    ) -> None:
        for _ in range(2):
            await a_letter_to(subscriber)
        await deliver_all(post)
        assert len(platform.read("customer", "subscribe")) == 1
        assert (await SubscriptionGrant.get()).remaining == 0
        assert sorted(row.state for row in await OutboxMessage.filter(message="accepted")) == [
            "called_back",
            "delivered",
        ]

    async def test_a_consent_the_platform_denies_is_struck_off(
        self, subscriber: Customer, platform: Platform, post: PostOffice
    ) -> None:
        platform.fault("error", "*subscribe/send", errcode=43101)
        await a_letter_to(subscriber)
        await deliver_all(post)
        assert (await SubscriptionGrant.get()).remaining == 0

    async def test_a_lost_answer_is_not_booked_as_a_refusal(
        self, subscriber: Customer, platform: Platform, post: PostOffice
    ) -> None:
        platform.fault("lost_answer", "*subscribe/send", count=1)
        row = await a_letter_to(subscriber)
        await deliver_for(post, MINUTES)
        assert len(platform.read("customer", "subscribe")) == 1
        await row.refresh_from_db()
        assert row.state == "delivered"
        assert not await Task.exists(kind="call_back")

    async def test_the_receipt_of_a_lost_answer_settles_it(
        self, subscriber: Customer, platform: Platform, post: PostOffice
    ) -> None:
        platform.fault("lost_answer", "*subscribe/send", count=1)
        row = await a_letter_to(subscriber)
        await deliver_all(post)
        (message,) = platform.read("customer", "subscribe")
        whose = Subscriber(app="mini_program", openid=platform.person("customer")["mp_openid"])
        await receipts.settle(
            str(message["msgid"]), delivered=True, reason="", real_now=MONDAY_15, subscriber=whose
        )
        await row.refresh_from_db()
        assert row.state == "delivered"
        assert await deliver_for(post, MINUTES) == 0

    async def test_a_receipt_settles_a_try_that_a_kill_cut_off(
        self, subscriber: Customer, platform: Platform, post: PostOffice
    ) -> None:
        """The process was killed between sending and recording; the receipt was there before the lease lapsed."""
        row = await a_letter_to(subscriber)
        await self._send_and_die(post)
        (message,) = platform.read("customer", "subscribe")
        await self._receipt(str(message["msgid"]), platform)
        await deliver_for(post, MINUTES)
        await row.refresh_from_db()
        assert row.state == "delivered"
        assert len(platform.calls("/cgi-bin/message/subscribe/send")) == 1

    async def test_a_receipt_that_may_be_anothers_settles_nothing(
        self, subscriber: Customer, platform: Platform, post: PostOffice
    ) -> None:
        """Of two cut off by one kill nobody knows which the receipt is for: both are repeated, and one is not lost."""
        platform.act("customer", "subscribe", app="mini_program", results={SUBSCRIBE: "accept"})
        await SubscriptionGrant.all().update(remaining=5)
        rows = [await a_letter_to(subscriber) for _ in range(2)]
        await self._send_and_die(post)
        (first, _) = platform.read("customer", "subscribe")
        await self._receipt(str(first["msgid"]), platform)
        await deliver_for(post, MINUTES)
        assert len(platform.calls("/cgi-bin/message/subscribe/send")) > 2
        for row in rows:
            await row.refresh_from_db()
            assert row.state in {"delivered", "called_back"}  # said again, or the hotline says it

    async def _send_and_die(self, post: PostOffice) -> None:
        act = an_act("system")
        claims = await outbox.claim(10, act=act)
        for trip in await outbox.prepare(claims, act=act, post=post, pace=Unhurried()):
            noted = await outbox.try_note(trip, real_now=MONDAY_15)
            assert noted
            await outbox.send(noted, post, Unhurried())

    async def _receipt(self, message_id: str, platform: Platform) -> None:
        whose = Subscriber(app="mini_program", openid=platform.person("customer")["mp_openid"])
        await receipts.settle(message_id, delivered=True, reason="", real_now=MONDAY_15, subscriber=whose)


class TestSubscribeNotices:
    @pytest.fixture
    async def reader(self, database: str, platform: Platform) -> Customer:
        """Does not follow the account (any more), but has allowed it one notice."""
        person = platform.person("customer", follows=False)
        customer = await a_customer(person["oa_openid"], follows=False)
        await consents.note(
            "official_account", person["oa_openid"], {NOTICE: "accept"}, source="platform", real_now=MONDAY_15
        )
        platform.act("customer", "subscribe", app="official_account", results={NOTICE: "accept"})
        return customer

    async def test_the_accounts_notice_reaches_somebody_who_does_not_follow(
        self, reader: Customer, platform: Platform, post: PostOffice
    ) -> None:
        row = await a_letter_to(reader)
        await deliver_all(post)
        (card,) = platform.read("customer", "bizsend")
        assert "报装已受理" in card["text"]
        assert card["url"].startswith("https://gas.example.com/m/progress/")
        assert (await SubscriptionGrant.get()).remaining == 0
        await row.refresh_from_db()
        assert row.state == "delivered"

    async def test_the_mini_programs_message_comes_first(
        self, reader: Customer, platform: Platform, post: PostOffice
    ) -> None:
        openid = platform.person("customer")["mp_openid"]
        await WechatIdentity.create(
            app="mini_program", openid=openid, customer_id=reader.id, created_at=MONDAY_15
        )
        await consents.note_client(reader.id, {SUBSCRIBE: "accept"}, real_now=MONDAY_15)
        platform.act("customer", "subscribe", app="mini_program", results={SUBSCRIBE: "accept"})
        for _ in range(2):
            await a_letter_to(reader)
        await deliver_all(post)
        assert len(platform.read("customer", "subscribe")) == 1
        assert len(platform.read("customer", "bizsend")) == 1

    async def test_a_refused_notice_goes_on_to_the_next_channel(
        self, reader: Customer, platform: Platform, post: PostOffice
    ) -> None:
        platform.fault("error", "*subscribe/bizsend", errcode=43101)
        platform.act("customer", "say", text="你好")
        await WechatIdentity.all().update(last_message_at=MONDAY_15, follows=True)
        platform.fault("error", "*template/send", errcode=43004)
        await a_letter_to(reader)
        await deliver_all(post)
        assert len(platform.read("customer", "custom")) == 1
        assert (await SubscriptionGrant.get()).remaining == 0

    async def test_the_receipt_of_a_lost_answer_settles_a_notice_too(
        self, reader: Customer, platform: Platform, post: PostOffice
    ) -> None:
        platform.fault("lost_answer", "*subscribe/bizsend", count=1)
        row = await a_letter_to(reader)
        await deliver_all(post)
        (card,) = platform.read("customer", "bizsend")
        whose = Subscriber(app="official_account", openid=platform.person("customer")["oa_openid"])
        await receipts.settle(
            str(card["msgid"]), delivered=True, reason="", real_now=MONDAY_15, subscriber=whose
        )
        await row.refresh_from_db()
        assert row.state == "delivered"
        assert await deliver_for(post, MINUTES) == 0


class TestCustomerService:
    @pytest.fixture
    async def talker(self, customer: Customer, platform: Platform) -> Customer:
        """Refuses template messages, but has just written to us."""
        platform.fault("error", "*template/send", errcode=43004)
        platform.act("customer", "say", text="你好")
        await WechatIdentity.all().update(last_message_at=MONDAY_15)
        return customer

    async def test_inside_the_window_the_answer_comes_as_a_chat_message(
        self, talker: Customer, platform: Platform, post: PostOffice
    ) -> None:
        await a_letter_to(talker)
        await deliver_all(post)
        (message,) = platform.read("customer", "custom")
        assert "报装已受理" in message["text"]
        assert "https://gas.example.com/m/progress/" in message["text"]

    async def test_a_lost_answer_is_repeated_once_since_loss_is_worse(
        self, talker: Customer, platform: Platform, post: PostOffice
    ) -> None:
        platform.fault("lost_answer", "*custom/send", count=1)
        row = await a_letter_to(talker)
        await deliver_for(post, 5 * MINUTES)
        assert len(platform.read("customer", "custom")) == 2
        await row.refresh_from_db()
        assert row.state == "delivered"

    async def test_two_lost_answers_end_in_a_call_instead_of_a_third_message(
        self, talker: Customer, platform: Platform, post: PostOffice
    ) -> None:
        platform.fault("lost_answer", "*custom/send")
        await a_letter_to(talker)
        await deliver_for(post, 5 * MINUTES)
        assert len(platform.read("customer", "custom")) == 2
        assert await Task.exists(kind="call_back")
