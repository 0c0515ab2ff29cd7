"""Deliveries in parallel: what is slow holds up little, and an emergency nothing."""

import asyncio

from backend.actions import emergencies
from backend.actions.emergencies import Report
from backend.gateways.post import Parcel
from backend.models import OutboxMessage
from scheduler.deliveries import Deliveries
from scheduler.times import Times
from tests.support.builders import MONDAY_15, a_member_of_staff, an_act
from tests.support.delivery import a_letter_to

NOW = Times(now=MONDAY_15, real_now=MONDAY_15)


class SlowPlatform:
    """Answers nobody before it is let go."""

    def __init__(self) -> None:
        self.reached: list[str] = []
        self.let_go = asyncio.Event()

    async def send(self, parcel: Parcel) -> str:
        self.reached.append(parcel.title)
        await self.let_go.wait()
        return f"id-{len(self.reached)}"


async def drain(deliveries: Deliveries) -> int:
    begun = 0
    while await deliveries.start_next(NOW):
        begun += 1
    return begun


async def test_a_hanging_platform_holds_sixteen_and_an_emergency_passes_them(database: str) -> None:
    platform = SlowPlatform()
    deliveries = Deliveries({"template": platform.send, "wecom": platform.send})
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
    platform, called = SlowPlatform(), asyncio.Event()
    deliveries = Deliveries({"template": platform.send, "wecom": platform.send})

    async def call() -> None:
        called.set()

    deliveries.when_free = call
    officer = await a_member_of_staff("duty_officer")
    for _ in range(17):
        await a_letter_to(officer)
    await drain(deliveries)
    platform.let_go.set()
    await asyncio.wait_for(called.wait(), 5)
    await deliveries.finish(patience=5)


async def test_what_is_not_answered_in_time_is_left_to_its_lease(database: str) -> None:
    platform = SlowPlatform()
    deliveries = Deliveries({"template": platform.send, "wecom": platform.send})
    row = await a_letter_to(await a_member_of_staff("duty_officer"))
    await drain(deliveries)
    await asyncio.sleep(0.1)
    await deliveries.finish(patience=0.1)
    await row.refresh_from_db()
    assert (row.state, row.lease is not None) == ("waiting", True)
