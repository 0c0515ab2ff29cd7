"""Deliveries in parallel: what is slow holds up little, and an emergency nothing."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest

from backend.actions import emergencies, outbox
from backend.actions.act import Act
from backend.actions.emergencies import Report
from backend.actions.outbox import Result, Trip
from backend.gateways.post import Parcel, PostOffice
from backend.models import Customer, DeliveryAttempt, OutboxMessage, SubscriptionGrant, WechatIdentity
from scheduler.deliveries import Deliveries
from scheduler.times import Times
from tests.support.builders import MONDAY_15, a_customer, a_member_of_staff, an_act
from tests.support.delivery import a_letter_to, eventually
from tests.support.pace import Unhurried

NOW = Times(now=MONDAY_15, real_now=MONDAY_15)


class SlowPlatform:
    """Answers nobody before it is let go."""

    def __init__(self) -> None:
        self.reached: list[str] = []
        self.answered = 0
        self.let_go = asyncio.Event()

    async def send(self, parcel: Parcel) -> str:
        self.reached.append(parcel.title)
        await self.let_go.wait()
        self.answered += 1
        return f"id-{self.answered}"

    async def has_answered(self, count: int) -> None:
        """Waits until it has."""

        async def enough() -> bool:
            return self.answered >= count

        await eventually(enough, f"{count} answers")


async def read_now() -> Times:
    return NOW


def deliveries_to(platform: SlowPlatform) -> Deliveries:
    return Deliveries({"template": platform.send, "wecom": platform.send}, Unhurried(), read_now)


def calls_of(deliveries: Deliveries) -> asyncio.Event:
    """Set when they call for more."""
    called = asyncio.Event()

    async def call() -> None:
        called.set()

    deliveries.when_free = call
    return called


async def a_subscriber() -> Customer:
    """Whom only the mini-program reaches, for as often as the tests need."""
    customer = await a_customer(follows=False)
    program = await WechatIdentity.create(
        app="mini_program", openid="mp-1", customer_id=customer.id, created_at=MONDAY_15
    )
    await SubscriptionGrant.create(
        identity=program, template_id="SM-CASE-PROGRESS", remaining=50, updated_at=MONDAY_15
    )
    return customer


async def drain(deliveries: Deliveries) -> int:
    """How many more are in hand."""
    before = deliveries.in_hand
    while await deliveries.start_next(NOW):
        pass
    return deliveries.in_hand - before


async def test_a_hanging_platform_holds_sixteen_and_an_emergency_passes_them(database: str) -> None:
    platform = SlowPlatform()
    deliveries = deliveries_to(platform)
    officer = await a_member_of_staff("duty_officer")
    for _ in range(30):
        await a_letter_to(officer)
    assert await drain(deliveries) == 16
    await emergencies.raise_alarm(Report(danger="leak", words="漏气"), act=an_act())
    assert await drain(deliveries) == 1
    await asyncio.sleep(0.2)
    assert any("紧急" in title for title in platform.reached)
    platform.let_go.set()
    await deliveries.finish(patience=5)
    assert await drain(deliveries) == 15
    await deliveries.finish(patience=5)
    assert not await OutboxMessage.exists(state="waiting")


async def test_a_slot_that_comes_free_calls_for_more(database: str) -> None:
    platform = SlowPlatform()
    deliveries = deliveries_to(platform)
    called = calls_of(deliveries)
    officer = await a_member_of_staff("duty_officer")
    for _ in range(17):
        await a_letter_to(officer)
    await drain(deliveries)
    platform.let_go.set()
    await asyncio.wait_for(called.wait(), 5)
    await deliveries.finish(patience=5)


class TestWhatIsNotWrittenDownYet:
    """Sent and answered while the database is slow to take the answers."""

    @pytest.fixture
    def write(self, monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
        """No answer is written down before it is set."""
        written, settle = asyncio.Event(), outbox.settle

        async def settle_later(answers: Sequence[tuple[Trip, Result]], *, act: Act) -> None:
            await written.wait()
            await settle(answers, act=act)

        monkeypatch.setattr(outbox, "settle", settle_later)
        return written

    async def _send(self, deliveries: Deliveries, platform: SlowPlatform) -> None:
        """All slots' messages, and claims what comes next."""
        await drain(deliveries)
        platform.let_go.set()
        await platform.has_answered(16)
        await drain(deliveries)

    async def test_holds_up_nothing_where_a_repeat_is_recognised(
        self, database: str, write: asyncio.Event
    ) -> None:
        platform = SlowPlatform()
        deliveries = deliveries_to(platform)
        officer = await a_member_of_staff("duty_officer")
        for _ in range(30):
            await a_letter_to(officer)
        await self._send(deliveries, platform)
        await platform.has_answered(30)
        assert not await DeliveryAttempt.exists()
        write.set()
        await deliveries.finish(patience=5)
        assert await OutboxMessage.filter(state="delivered").count() == 30
        assert await DeliveryAttempt.filter(outcome="accepted").count() == 30

    async def test_lets_nothing_pass_that_a_kill_would_leave_in_doubt_as_well(
        self, database: str, write: asyncio.Event
    ) -> None:
        platform = SlowPlatform()
        deliveries = Deliveries({"subscribe": platform.send}, Unhurried(), read_now)
        subscriber = await a_subscriber()
        for _ in range(30):
            await a_letter_to(subscriber)
        await drain(deliveries)
        platform.let_go.set()
        await platform.has_answered(1)
        await drain(deliveries)
        assert (deliveries.in_hand, len(platform.reached)) == (30, 1)
        assert await DeliveryAttempt.filter(outcome="unknown").count() == 1  # noted before it was sent
        write.set()
        while await drain(deliveries) or deliveries.in_hand:
            await deliveries.finish(patience=5)
        assert await OutboxMessage.filter(state="delivered").count() == 30
        assert (len(platform.reached), await DeliveryAttempt.all().count()) == (30, 30)

    async def test_an_emergency_is_the_next_to_go(self, database: str, write: asyncio.Event) -> None:
        """Although others were claimed before it."""
        platform = SlowPlatform()
        post: PostOffice = {"template": platform.send, "subscribe": platform.send}
        deliveries = Deliveries(post, Unhurried(), read_now)
        subscriber = await a_subscriber()
        for _ in range(30):
            await a_letter_to(subscriber)
        await drain(deliveries)
        platform.let_go.set()
        await platform.has_answered(1)
        await a_member_of_staff("duty_officer")
        await emergencies.raise_alarm(Report(danger="leak", words="漏气"), act=an_act())
        await drain(deliveries)
        await platform.has_answered(2)
        assert "紧急" in platform.reached[1]
        write.set()
        await deliveries.finish(patience=5)
        assert not await OutboxMessage.exists(state="waiting")

    async def test_nobody_is_forgotten_when_the_platform_has_become_slow(
        self, database: str, write: asyncio.Event
    ) -> None:
        """More is in hand than would be claimed ahead of so slow a platform."""
        platform = SlowPlatform()
        deliveries = deliveries_to(platform)
        called = calls_of(deliveries)
        officer = await a_member_of_staff("duty_officer")
        for _ in range(120):
            await a_letter_to(officer)
        await self._send(deliveries, platform)
        await platform.has_answered(100)
        platform.let_go.clear()
        await emergencies.raise_alarm(Report(danger="leak", words="漏气"), act=an_act())
        await drain(deliveries)
        await asyncio.sleep(0.3)  # the platform's
        platform.let_go.set()
        await platform.has_answered(101)
        called.clear()
        assert not await deliveries.start_next(NOW)
        write.set()
        await asyncio.wait_for(called.wait(), 5)
        while await drain(deliveries):
            await deliveries.finish(patience=5)
        assert not await OutboxMessage.exists(state="waiting")


async def test_what_is_not_answered_in_time_is_left_to_its_lease(database: str) -> None:
    platform = SlowPlatform()
    deliveries = deliveries_to(platform)
    row = await a_letter_to(await a_member_of_staff("duty_officer"))
    await drain(deliveries)
    await asyncio.sleep(0.1)
    await deliveries.finish(patience=0.1)
    await row.refresh_from_db()
    assert (row.state, row.lease is not None) == ("waiting", True)


class TestTogether:
    async def test_one_message_that_cannot_be_written_down_does_not_keep_the_others(
        self, database: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        platform = SlowPlatform()
        platform.let_go.set()
        deliveries = deliveries_to(platform)
        officer = await a_member_of_staff("duty_officer")
        rows = [await a_letter_to(officer) for _ in range(5)]
        settle = outbox.settle

        async def fail_for_one(answers: Sequence[tuple[Trip, Result]], *, act: Act) -> None:
            if any(trip.message.id == rows[2].id for trip, _ in answers):
                raise ValueError
            await settle(answers, act=act)

        monkeypatch.setattr(outbox, "settle", fail_for_one)
        await drain(deliveries)
        await deliveries.finish(patience=5)
        assert await OutboxMessage.filter(state="delivered").count() == 4
        await rows[2].refresh_from_db()
        assert (rows[2].state, rows[2].lease is not None) == ("waiting", True)

    async def test_of_what_cannot_be_recognised_one_is_on_its_way(
        self, database: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """So that a kill between sending and recording doubles one chat message at most."""
        platform = SlowPlatform()
        deliveries = Deliveries({"customer_service": platform.send}, Unhurried(), read_now)
        customer = await a_customer()
        await WechatIdentity.all().update(last_message_at=MONDAY_15)
        for _ in range(4):
            await a_letter_to(customer)
        assert await drain(deliveries) == 1
        assert await drain(deliveries) == 0
        platform.let_go.set()
        await deliveries.finish(patience=5)
        waiting = await OutboxMessage.filter(state="waiting").order_by("attempt_at")
        gaps = [row.attempt_at - MONDAY_15 for row in waiting]
        assert gaps == [n * timedelta(milliseconds=250) for n in (1, 2, 3)]
        assert await DeliveryAttempt.all().count() == 1  # no try is counted for who waits
