"""Who somebody is, and two rows that turn out to be one person."""

import asyncio

import pytest

from backend.actions import applications, assignments, people
from backend.actions.people import Identity
from backend.models import ConnectionApplication, Customer, InboxItem, Staff, WechatIdentity
from tests.support.builders import (
    MONDAY_15,
    a_customer,
    a_filing,
    a_member_of_staff,
    an_accepted_site,
    an_act,
    an_application,
)

CHAT = Identity(app="official_account", openid="oa-1", unionid="u-1")
PROGRAM = Identity(app="mini_program", openid="mp-1", unionid="u-1")


class TestOnePerson:
    async def test_the_unionid_joins_chat_and_mini_program(self, database: str) -> None:
        first = await people.identify(CHAT, now=MONDAY_15)
        assert (await people.identify(PROGRAM, now=MONDAY_15)).id == first.id
        assert await Customer.all().count() == 1

    async def test_many_first_messages_at_once_make_one_person(self, database: str) -> None:
        found = await asyncio.gather(
            *[people.identify(identity, now=MONDAY_15) for identity in (CHAT, PROGRAM) * 4]
        )
        assert len({customer.id for customer in found}) == 1

    async def test_a_unionid_that_comes_late_joins_what_was_two(self, database: str) -> None:
        known = await people.identify(PROGRAM, now=MONDAY_15)
        stranger = await people.identify(Identity(app="official_account", openid="oa-1"), now=MONDAY_15)
        await a_member_of_staff("customer_manager")
        filed = await an_application(stranger)
        assert (await people.identify(CHAT, now=MONDAY_15)).id == known.id
        await filed.refresh_from_db()
        assert filed.customer_id == known.id
        assert not await Customer.exists(id=stranger.id)
        assert not await InboxItem.exists(customer_id=stranger.id)

    async def test_two_open_applications_at_one_address_stay_two(self, database: str) -> None:
        """The database allows a person one there; the merged pair is marked and shown to staff."""
        await a_member_of_staff("customer_manager")
        known = await people.identify(PROGRAM, now=MONDAY_15)
        stranger = await people.identify(Identity(app="official_account", openid="oa-1"), now=MONDAY_15)
        await an_application(known)
        await an_application(stranger, contact_phone="13900000001")
        await people.identify(CHAT, now=MONDAY_15)
        rows = await ConnectionApplication.filter(customer_id=known.id).order_by("id")
        assert sorted(row.twin for row in rows) == [False, True]


class TestPhones:
    async def test_a_verified_phone_takes_over_what_staff_filed_for_it(self, database: str) -> None:
        agent = await a_member_of_staff("hotline_agent")
        await a_member_of_staff("customer_manager")
        filed = await applications.accept(
            a_filing(channel="hotline"), act=an_act("hotline_agent", staff_id=agent.id)
        )
        customer = await a_customer()
        await people.verify_phone(customer.id, "13812345678", now=MONDAY_15)
        await filed.refresh_from_db()
        assert filed.customer_id == customer.id

    async def test_staff_filing_the_same_phone_twice_is_one_customer(self, database: str) -> None:
        one = await people.by_phone("13812345678", "张三", now=MONDAY_15)
        assert (await people.by_phone("13812345678", "老张", now=MONDAY_15)).id == one.id


class TestAssignment:
    async def test_the_district_decides_then_the_load(self, database: str) -> None:
        here = await a_member_of_staff("here", "customer_manager", districts=["龙湖镇"])
        also = await a_member_of_staff("also", "customer_manager", districts=["龙湖镇"])
        await a_member_of_staff("elsewhere", "customer_manager", districts=["薛店镇"])
        await an_accepted_site()
        first = await an_application()
        second = await an_application(address="龙湖锦园9号楼", contact_phone="13900000001")
        assert {first.manager_id, second.manager_id} == {here.id, also.id}

    @pytest.mark.parametrize("gone", [{"active": False}, {"away_until": MONDAY_15.replace(year=2027)}])
    async def test_nobody_who_is_away_gets_a_case(self, gone: dict[str, object], database: str) -> None:
        await a_member_of_staff("away", "customer_manager", districts=["龙湖镇"], **gone)
        there = await a_member_of_staff("there", "customer_manager", districts=["薛店镇"])
        assert await assignments.choose_manager("龙湖镇", now=MONDAY_15) == there.id

    async def test_a_case_nobody_can_take_alarms_the_supervisor(self, database: str) -> None:
        supervisor = await a_member_of_staff("supervisor")
        await an_application()
        assert (await InboxItem.get(staff_id=supervisor.id)).title == "有报装没有人办"
        assert await Staff.all().count() == 1
        assert await WechatIdentity.all().count() == 1
