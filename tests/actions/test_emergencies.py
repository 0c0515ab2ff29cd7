"""The alarm climbs until somebody accepts it, on every channel, also when ordinary messages are stuck."""

from datetime import timedelta

import pytest

from backend.actions import emergencies, outbox, tasks
from backend.actions.emergencies import Report
from backend.gateways.post import PostOffice
from backend.models import OutboxMessage, Staff, Task
from tests.support.builders import MONDAY_15, a_member_of_staff, an_act
from tests.support.delivery import a_letter_to, deliver_all
from tests.support.pace import Unhurried
from tests.support.platform import Platform

MINUTES = timedelta(minutes=1)
LEAK = Report(danger="leak", words="厨房好大的煤气味", contact_phone="13812345678")


async def climb(after: timedelta) -> bool:
    return await emergencies.climb_next(act=an_act("system", MONDAY_15 + after))


@pytest.fixture
async def officers(database: str) -> list[Staff]:
    return [await a_member_of_staff(f"duty_{place}", "duty_officer", rota_order=place) for place in (1, 2)]


class TestClimbing:
    async def test_after_three_minutes_the_next_and_the_supervisor_hear_it(
        self, officers: list[Staff]
    ) -> None:
        supervisor = await a_member_of_staff("supervisor")
        await emergencies.raise_alarm(LEAK, act=an_act())
        assert {row.staff_id for row in await OutboxMessage.all()} == {officers[0].id}
        assert not await climb(2 * MINUTES)
        assert await climb(3 * MINUTES)
        climbed = await OutboxMessage.filter(message="emergency_climbs")
        assert {row.staff_id for row in climbed} == {officers[1].id, supervisor.id}
        assert {row.only_channel for row in climbed} == {"template", "wecom"}

    async def test_it_goes_round_until_somebody_accepts(self, officers: list[Staff]) -> None:
        task = await emergencies.raise_alarm(LEAK, act=an_act())
        for turn in range(1, 5):
            assert await climb(3 * turn * MINUTES)
        await tasks.accept(task.id, act=an_act("duty_officer", staff_id=officers[0].id))
        assert not await climb(60 * MINUTES)

    async def test_without_anybody_on_duty_the_supervisors_are_alerted(self, database: str) -> None:
        supervisor = await a_member_of_staff("supervisor")
        await emergencies.raise_alarm(LEAK, act=an_act())
        assert {row.staff_id for row in await OutboxMessage.all()} == {supervisor.id}
        assert await Task.exists(kind="emergency", state="open")


class TestDelivery:
    async def test_it_overtakes_everything_that_waits(
        self, database: str, platform: Platform, post: PostOffice
    ) -> None:
        officer = await a_member_of_staff(
            "duty_officer", openid=platform.person("duty_officer", follows=True)["oa_openid"]
        )
        for _ in range(3):
            await a_letter_to(officer)
        await emergencies.raise_alarm(LEAK, act=an_act())
        await outbox.deliver_next(now=MONDAY_15, real_now=MONDAY_15, post=post, pace=Unhurried())
        (first,) = platform.read("duty_officer")
        assert "紧急" in first["text"]

    async def test_it_reaches_the_phone_on_both_channels(
        self, database: str, platform: Platform, post: PostOffice
    ) -> None:
        await a_member_of_staff(
            "duty_officer", openid=platform.person("duty_officer", follows=True)["oa_openid"]
        )
        await emergencies.raise_alarm(LEAK, act=an_act())
        await deliver_all(post)
        assert {message["channel"] for message in platform.read("duty_officer")} == {"template", "wecom"}

    async def test_the_reserved_slot_takes_nothing_else(self, officers: list[Staff]) -> None:
        await a_letter_to(officers[0])
        assert await outbox.claim(1, act=an_act("system"), only_emergencies=True) == []
        await emergencies.raise_alarm(LEAK, act=an_act())
        (claim,) = await outbox.claim(1, act=an_act("system"), only_emergencies=True)
        assert claim is not None
        assert claim.message == "emergency"
