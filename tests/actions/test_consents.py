"""A consent counts once, whoever tells of it, and is not lost when one of the two does not."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.actions import consents
from backend.actions.consents import Source
from backend.models import SubscriptionGrant, WechatIdentity
from tests.support.builders import MONDAY_15, a_customer

TEMPLATE = "SM-CASE-PROGRESS"


@pytest.fixture
async def openid(database: str) -> str:
    customer = await a_customer(follows=False)
    await WechatIdentity.create(
        app="mini_program", openid="mp-1", customer_id=customer.id, created_at=MONDAY_15
    )
    return "mp-1"


async def tell(openid: str, source: Source, choice: str = "accept", *, at: datetime = MONDAY_15) -> int:
    """What is left afterwards."""
    await consents.note("mini_program", openid, {TEMPLATE: choice}, source=source, real_now=at)
    return (await SubscriptionGrant.get()).remaining


class TestOnePopUp:
    async def test_told_by_the_client_and_by_the_platform_it_is_one_message(self, openid: str) -> None:
        assert await tell(openid, "client") == 1
        assert await tell(openid, "platform") == 1

    async def test_either_alone_is_enough(self, openid: str) -> None:
        assert await tell(openid, "platform") == 1
        assert await tell(openid, "platform") == 2

    async def test_the_next_one_is_another_whoever_is_first(self, openid: str) -> None:
        told: list[Source] = ["client", "platform", "platform", "client"]
        assert [await tell(openid, source) for source in told] == [1, 1, 2, 2]

    async def test_what_one_of_them_missed_long_ago_hides_no_consent_of_today(self, openid: str) -> None:
        for _ in range(3):
            await tell(openid, "platform")
        later = MONDAY_15 + timedelta(days=1)
        assert await tell(openid, "client", at=later) == 4
        assert await tell(openid, "platform", at=later) == 4


class TestRefusals:
    async def test_a_refusal_in_the_pop_up_takes_nothing_back(self, openid: str) -> None:
        await tell(openid, "client")
        assert await tell(openid, "client", "reject") == 1

    @pytest.mark.parametrize(("source", "choice"), [("settings", "reject"), ("client", "ban")])
    async def test_switched_off_for_good_nothing_is_left(
        self, openid: str, source: Source, choice: str
    ) -> None:
        await tell(openid, "client")
        assert await tell(openid, source, choice) == 0


@given(st.lists(st.sampled_from(["client", "platform"]), max_size=30))
def test_what_counts_is_the_larger_tally(told: list[Source]) -> None:
    grant = SubscriptionGrant(remaining=0, by_client=0, by_platform=0, updated_at=MONDAY_15)
    for source in told:
        consents._count(grant, "accept", source, MONDAY_15)
    assert grant.remaining == max(told.count("client"), told.count("platform"))
