"""Who withdraws what they gave us is forgotten as far as the law asks; their case goes on."""

from typing import Any

import pytest

from backend.actions import consents, people
from backend.models import (
    ConnectionApplication,
    Conversation,
    Customer,
    Forgetting,
    Staff,
    SubscriptionGrant,
    TakenMessage,
    WechatIdentity,
)
from tests.handlers.wechat.conftest import Chatter
from tests.support.builders import MONDAY_15, an_application

PLATFORM = "gh_the_platform_itself"


@pytest.fixture
async def known(customer: Chatter) -> Customer:
    """Has talked, given a phone to the mini-program, allowed a message there, and filed a case."""
    customer.say("你好")
    openids = customer.http.get(f"/sim/users/{customer.key}").json()
    identity = await WechatIdentity.get(openid=openids["oa_openid"]).prefetch_related("customer")
    person: Customer = identity.customer
    await WechatIdentity.create(
        app="mini_program", openid=openids["mp_openid"], customer_id=person.id, created_at=MONDAY_15
    )
    await people.verify_phone(person.id, "13812345678", now=MONDAY_15)
    await consents.note_client(person.id, {"SM-CASE-PROGRESS": "accept"}, real_now=MONDAY_15)
    await an_application(person)
    return person


def withdraw(customer: Chatter, app: str, event: str, **more: Any) -> str:
    openid = customer.http.get(f"/sim/users/{customer.key}").json()[
        {"mini_program": "mp_openid", "official_account": "oa_openid"}[app]
    ]
    fields = {"Event": event, "FromUserName": PLATFORM, "OpenID": openid, "CreateTime": "1", **more}
    return customer.read(customer.act("event", app=app, fields=fields))


async def test_a_phone_taken_back_is_gone_and_nothing_else(customer: Chatter, known: Customer) -> None:
    withdraw(customer, "mini_program", "user_authorization_revoke", RevokeInfo="6,8")
    await known.refresh_from_db()
    assert (known.phone, known.phone_verified_at) == (None, None)
    assert await WechatIdentity.filter(customer_id=known.id).count() == 2
    assert (await ConnectionApplication.get()).contact_phone == "13812345678"
    note = await Forgetting.get()
    assert (note.event, note.removed) == ("user_authorization_revoke", ["phone"])


async def test_another_permission_taken_back_leaves_the_phone(customer: Chatter, known: Customer) -> None:
    withdraw(customer, "mini_program", "user_authorization_revoke", RevokeInfo="18")
    await known.refresh_from_db()
    assert known.phone == "13812345678"
    assert (await Forgetting.get()).removed == []


async def test_who_ends_the_mini_program_is_unlinked_from_it(customer: Chatter, known: Customer) -> None:
    withdraw(customer, "mini_program", "user_authorization_cancellation")
    await known.refresh_from_db()
    assert known.phone is None
    assert not await WechatIdentity.exists(app="mini_program")
    assert not await SubscriptionGrant.exists()
    assert await WechatIdentity.exists(app="official_account", customer_id=known.id)
    assert known.unionid is not None  # the account still knows them


async def test_who_ends_both_is_nobody_we_know_and_the_case_stays(customer: Chatter, known: Customer) -> None:
    withdraw(customer, "mini_program", "user_authorization_cancellation")
    withdraw(customer, "official_account", "user_authorization_cancellation")
    await known.refresh_from_db()
    assert known.unionid is None
    assert not await WechatIdentity.exists(customer_id=known.id)
    assert not await Conversation.exists(openid__startswith="o")
    assert not await TakenMessage.exists(text="你好")
    case = await ConnectionApplication.get()
    assert (case.customer_id, case.contact_name) == (known.id, "张三")
    assert await Forgetting.filter(customer_id=known.id).count() == 2


async def test_a_repeat_forgets_once(customer: Chatter, known: Customer) -> None:
    withdraw(customer, "mini_program", "user_authorization_cancellation")
    customer.read(customer.act("repeat"))
    assert await Forgetting.all().count() == 1


async def test_a_member_of_staff_who_ends_the_account_is_bound_no_more(
    customer: Chatter, known: Customer
) -> None:
    openid = customer.http.get(f"/sim/users/{customer.key}").json()["oa_openid"]
    await Staff.filter(name="王经理").update(openid=openid)
    withdraw(customer, "official_account", "user_authorization_cancellation")
    assert (await Staff.get(name="王经理")).openid is None


async def test_somebody_nobody_knows_is_taken_quietly(customer: Chatter) -> None:
    assert withdraw(customer, "mini_program", "user_authorization_revoke", RevokeInfo="8") == ""
