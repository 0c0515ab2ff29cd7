"""What nobody could deliver is seen, sent anew, or given up with a word."""

from uuid import uuid4

import pytest

from backend.actions import messages_review, tasks
from backend.gateways.post import Parcel
from backend.models import AuditEntry, Customer, DeliveryAttempt, OutboxMessage, Staff, Task
from backend.rules.errors import NotAllowed, NotFound
from tests.support.builders import (
    MONDAY_15,
    a_customer,
    a_member_of_staff,
    an_accepted_site,
    an_act,
    an_application,
)
from tests.support.delivery import deliver_all


@pytest.fixture
async def agent(database: str) -> Staff:
    await an_accepted_site()
    await a_member_of_staff("customer_manager", openid=None, wecom_user_id=None)
    return await a_member_of_staff("hotline_agent", openid=None, wecom_user_id=None)


async def undelivered() -> OutboxMessage:
    """An application of somebody without any channel, and the message about it that the hotline has to say."""
    case = await an_application(await a_customer(follows=False))
    await deliver_all({})
    return await OutboxMessage.get(application_id=case.id, message="accepted")


async def test_given_up_with_a_word_the_call_back_ends(agent: Staff) -> None:
    row = await undelivered()
    task = await Task.get(kind="call_back")
    await messages_review.give_up(
        row.id, "客户在营业厅已经知道", act=an_act("hotline_agent", staff_id=agent.id)
    )
    after = await OutboxMessage.get(id=row.id)
    assert (after.state, after.closing_note) == ("given_up", "客户在营业厅已经知道")
    assert (await Task.get(id=task.id)).state == "cancelled"
    assert await AuditEntry.exists(action="message_given_up", staff_id=agent.id)


async def test_sent_anew_it_goes_out_once_there_is_a_way(agent: Staff) -> None:
    row = await undelivered()
    await DeliveryAttempt.create(message_id=row.id, channel="sms", began_at=MONDAY_15, outcome="unknown")
    sent: list[str] = []

    async def sms(parcel: Parcel) -> str:
        sent.append(parcel.title)
        return uuid4().hex

    await Customer.filter(id=row.customer_id).update(phone="13811110000")
    later = an_act("hotline_agent", MONDAY_15.replace(hour=9), staff_id=agent.id)
    await messages_review.resend(row.id, act=later)
    await deliver_all({"sms": sms}, at=later.real_now)
    assert "报装已受理" in sent
    assert (await OutboxMessage.get(id=row.id)).state == "delivered"


async def test_said_on_the_telephone_it_is_told(agent: Staff) -> None:
    row = await undelivered()
    task = await Task.get(kind="call_back")
    act = an_act("hotline_agent", staff_id=agent.id)
    await tasks.accept(task.id, act=act)
    await tasks.finish(task.id, "已电话告知", act=act)
    assert (await OutboxMessage.get(id=row.id)).state == "told"
    with pytest.raises(NotAllowed):
        await messages_review.resend(row.id, act=act)


async def test_nobody_s_message_is_not_found(agent: Staff) -> None:
    with pytest.raises(NotFound):
        await messages_review.resend(uuid4(), act=an_act("hotline_agent", staff_id=agent.id))
