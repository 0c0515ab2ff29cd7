"""What somebody gave through WeChat and takes back: forgotten; the records of a case stay, for the company must keep them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from tortoise.transactions import in_transaction

from backend.actions._tasks import OPEN
from backend.models import (
    Conversation,
    Customer,
    EarlyReceipt,
    Forgetting,
    LateMessage,
    LiveReply,
    LiveTalk,
    Staff,
    SubscriptionGrant,
    TakenMessage,
    Task,
    WechatIdentity,
)

_PHONE = "8"  # the platform's code of a phone number given to a mini-program


class Withdrawal(Protocol):
    """What the platform says of it."""

    @property
    def app(self) -> str: ...
    @property
    def openid(self) -> str: ...
    @property
    def event(self) -> str: ...
    @property
    def everything(self) -> bool: ...
    @property
    def codes(self) -> Sequence[str]: ...


async def forget(withdrawn: Withdrawal, *, now: datetime) -> None:
    """Removes what this app gave us of the person, and notes that without naming them.

    Of single permissions only the phone number leaves a trace here; a place, a picture or an address somebody chose went
    into their case. Whoever ends the whole authorisation is unlinked: their open id, consents and talk are gone, their
    cases stay with the name and phone they were filed under, so that the work goes on by telephone.
    """
    async with in_transaction():
        identity = await WechatIdentity.select_for_update().get_or_none(
            app=withdrawn.app, openid=withdrawn.openid
        )
        customer_id = identity.customer_id if identity else None
        removed = []
        if (
            customer_id
            and withdrawn.app == "mini_program"
            and (withdrawn.everything or _PHONE in withdrawn.codes)
        ):
            await Customer.filter(id=customer_id).update(phone=None, phone_verified_at=None)
            removed.append("phone")
        if withdrawn.everything:
            removed += await _unlink(withdrawn, identity)
        await Forgetting.create(
            customer_id=customer_id, app=withdrawn.app, event=withdrawn.event, removed=removed, at=now
        )


async def _unlink(withdrawn: Withdrawal, identity: WechatIdentity | None) -> list[str]:
    """The open id, what was allowed to it and what was said by it. A repeat of an old message is still known as one."""
    await Conversation.filter(openid=withdrawn.openid).delete()
    said = TakenMessage.filter(app=withdrawn.app, openid=withdrawn.openid)
    await said.update(openid="", text="", answer=None, understood=None)
    await _forget_talks(withdrawn)
    await LateMessage.filter(app=withdrawn.app, heard__contains={"openid": withdrawn.openid}).delete()
    await EarlyReceipt.filter(app=withdrawn.app, openid=withdrawn.openid).delete()
    removed = ["talk"]
    if withdrawn.app == "official_account" and await Staff.filter(openid=withdrawn.openid).update(
        openid=None
    ):
        removed.append("staff_binding")
    if identity is None:
        return removed
    await SubscriptionGrant.filter(identity_id=identity.id).delete()
    await identity.delete()
    if not await WechatIdentity.exists(customer_id=identity.customer_id):
        await Customer.filter(id=identity.customer_id).update(unionid=None)
    return [*removed, "consents", "identity"]


async def _forget_talks(withdrawn: Withdrawal) -> None:
    """What was said to an agent goes too; a talk that is open has nobody at its other end any more."""
    talks = LiveTalk.filter(app=withdrawn.app, openid=withdrawn.openid)
    tasks = await talks.values_list("task_id", flat=True)
    await Task.filter(id__in=tasks, state__in=OPEN).update(state="cancelled")
    await Task.filter(id__in=tasks).update(facts={"words": ""})
    await LiveReply.filter(talk__app=withdrawn.app, talk__openid=withdrawn.openid).update(text="")
    await talks.update(openid="", words="", state="ended", due_at=None)
