"""How many statements the hot paths may send, `BEGIN` and `COMMIT` among them: a loop that asks once for each row, or a
relation fetched apart, shows here and not on the peak day."""

import asyncio

import pytest

from backend.actions import applications, outbox, talks
from backend.actions.talks import Said, Talk, Whose
from backend.bots import assistant
from backend.bots.heard import Heard
from backend.bots.opinion.consultant import Consultant
from backend.bots.understanding.store import load_model
from backend.models import Conversation, Customer, WechatIdentity
from backend.queries import my_applications, progress
from backend.queries.pages import Portion
from bench import statements
from tests.support.builders import (
    MONDAY_15,
    a_customer,
    a_filing,
    a_member_of_staff,
    an_accepted_site,
    an_act,
    an_application,
)

_ADDRESS = "新郑市龙湖镇龙湖锦园{}号楼501"


@pytest.fixture
async def customer(database: str) -> Customer:
    """Somebody the platform was asked about, with a manager and a site that is ready."""
    await an_accepted_site()
    await a_member_of_staff("customer_manager", districts=["龙湖镇"])
    known = await a_customer("oa-1")
    await WechatIdentity.filter(openid="oa-1").update(unionid_asked_at=MONDAY_15)
    await Conversation.create(openid="oa-1", updated_at=MONDAY_15)
    return known


async def say(text: str, key: str, *, openid: str = "oa-1") -> str | None:
    """One message through the assistant."""

    async def respond(talk: Talk) -> Said:
        return await assistant.answer(
            heard,
            talk,
            model=load_model(),
            consultant=Consultant(None),
            link_of=str,
            now=MONDAY_15,
            real_now=MONDAY_15,
        )

    async def ask_nobody() -> Whose:
        raise AssertionError("somebody known is not asked for")

    heard = Heard(app="official_account", openid=openid, key=key, kind="text", text=text)
    return await talks.once(heard, respond, ask_whose=ask_nobody, now=MONDAY_15, real_now=MONDAY_15)


async def test_a_message_that_asks_is_two_statements(customer: Customer) -> None:
    async with statements.logged() as log:
        assert await say("开通要几天", "k1")
    assert len(log) == 2, log.texts


async def test_many_who_ask_at_one_moment_share_them(customer: Customer) -> None:
    people = [f"oa-{number}" for number in range(2, 32)]
    for openid in people:
        await a_customer(openid)
        await WechatIdentity.filter(openid=openid).update(unionid_asked_at=MONDAY_15)
        await Conversation.create(openid=openid, updated_at=MONDAY_15)
    async with statements.logged() as log:
        assert all(await asyncio.gather(*(say("开通要几天", f"k-{one}", openid=one) for one in people)))
    assert len(log) < 10, log.texts  # two; more where the machine is so slow that one seems to hang


async def test_a_repeat_is_one(customer: Customer) -> None:
    first = await say("开通要几天", "k1")
    async with statements.logged() as log:
        assert await say("开通要几天", "k1") == first
    assert len(log) == 1, log.texts


async def test_asking_for_progress_is_three(customer: Customer) -> None:
    await an_application(customer)
    async with statements.logged() as log:
        assert "受理号" in (await say("我的报装到哪一步了", "k1") or "")
    assert len(log) == 3, log.texts


async def test_progress_in_the_program_is_one_however_much_there_is(customer: Customer) -> None:
    filed = await an_application(customer)
    async with statements.logged() as log:
        view = await progress.get_own(filed.number, customer.id, now=MONDAY_15)
    assert view.timeline
    assert view.clocks
    assert len(log) == 1, log.texts


@pytest.mark.parametrize("cases", [1, 12])
async def test_the_list_is_one_however_long(customer: Customer, cases: int) -> None:
    for number in range(cases):
        await an_application(customer, address=_ADDRESS.format(number + 1))
    async with statements.logged() as log:
        page = await my_applications.list_own(customer.id, Portion(limit=20), now=MONDAY_15)
    assert len(page.items) == cases
    assert len(log) == 1, log.texts


@pytest.mark.parametrize("most", [1, 50])
async def test_claiming_is_one_however_many(customer: Customer, most: int) -> None:
    await an_application(customer)
    async with statements.logged() as log:
        assert await outbox.claim(most, act=an_act("system"))
    assert len(log) == 1, log.texts


async def test_filing_is_sixteen(customer: Customer) -> None:
    """At a site that is ready, with deferrable papers to come: what both its steps cause is written by one."""
    act = an_act(customer_id=customer.id)
    async with statements.logged() as log:
        await applications.accept(a_filing(), act=act)
    assert len(log) == 16, log.texts
