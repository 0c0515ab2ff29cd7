"""Who somebody is: by unionid, else by the open id of the app; a filed phone for people we have not seen in WeChat."""

from dataclasses import dataclass
from datetime import datetime

from tortoise.transactions import in_transaction

from backend.actions.locks import lock_name
from backend.models import (
    ConnectionApplication,
    Customer,
    Document,
    InboxItem,
    LiveTalk,
    OutboxMessage,
    WechatIdentity,
)
from backend.rules.stages import APPLICATION

_BELONGINGS = (ConnectionApplication, Document, OutboxMessage, InboxItem, LiveTalk, WechatIdentity)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """One open id of one app, and the unionid the platform gave with it, if any."""

    app: str
    openid: str
    unionid: str | None = None


async def identify(identity: Identity, *, now: datetime) -> Customer:
    """The customer behind an identity, made when new. A unionid that is known already joins the two into one person."""
    async with in_transaction():
        await lock_name(f"person:{identity.unionid or identity.openid}")
        row = await WechatIdentity.get_or_none(app=identity.app, openid=identity.openid).prefetch_related(
            "customer"
        )
        known = await Customer.get_or_none(unionid=identity.unionid) if identity.unionid else None
        customer = known or (row.customer if row else None)
        if customer is None:
            customer = await Customer.create(unionid=identity.unionid, created_at=now)
        if row is None:
            await WechatIdentity.create(
                app=identity.app, openid=identity.openid, customer_id=customer.id, created_at=now
            )
        elif row.customer_id != customer.id:
            await merge(row.customer, into=customer)
        if identity.unionid and customer.unionid is None:
            customer.unionid = identity.unionid
            await customer.save(update_fields=["unionid"])
        return customer


async def verify_phone(customer_id: int, phone: str, *, now: datetime) -> None:
    """The platform vouches for this phone: what staff filed for it is this person's."""
    async with in_transaction():
        await lock_name(f"phone:{phone}")
        customer = await Customer.select_for_update().get(id=customer_id)
        customer.phone, customer.phone_verified_at = phone, now
        await customer.save(update_fields=["phone", "phone_verified_at"])
        filed = await Customer.get_or_none(filed_phone=phone)
        if filed is None or filed.id == customer.id:
            return
        if not await WechatIdentity.exists(customer_id=filed.id):
            await merge(filed, into=customer)


async def by_phone(phone: str, name: str, *, now: datetime) -> Customer:
    """The customer staff or a partner file for: who verified this phone, else who was filed under it, else a new one."""
    await lock_name(f"phone:{phone}")
    verified = await Customer.filter(phone=phone).order_by("phone_verified_at").first()
    filed = verified or await Customer.get_or_none(filed_phone=phone)
    return filed or await Customer.create(name=name, filed_phone=phone, created_at=now)


async def merge(source: Customer, *, into: Customer) -> None:
    """Two rows were one person: everything of `source` becomes `into`'s, and `source` goes."""
    await _mark_twins(source, into)
    for table in _BELONGINGS:
        await table.filter(customer_id=source.id).update(customer_id=into.id)
    if source.phone and not into.phone:
        into.phone, into.phone_verified_at = source.phone, source.phone_verified_at
    filed_phone = source.filed_phone
    await source.delete()
    if filed_phone and not into.filed_phone:
        into.filed_phone = filed_phone
    into.name = into.name or source.name
    await into.save()


async def _mark_twins(source: Customer, into: Customer) -> None:
    """Open applications that both had for one address stay two, marked, so that staff see them and no new one joins."""
    for mine in await ConnectionApplication.filter(customer_id=source.id).exclude(
        stage__in=list(APPLICATION.final)
    ):
        same = ConnectionApplication.filter(
            customer_id=into.id, address_key=mine.address_key, customer_kind=mine.customer_kind
        )
        if await same.exclude(stage__in=list(APPLICATION.final)).exists():
            mine.twin = True
            await mine.save(update_fields=["twin"])
