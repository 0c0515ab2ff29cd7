"""Where messages can be sent: the people's addresses, and for each message the next channel that can be used today."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from tortoise.models import Model

from backend.actions._claims import Claim
from backend.gateways.post import Addresses, Channel, PostOffice
from backend.models import Customer, Staff, SubscriptionGrant, WechatIdentity
from config.delivery import delivery
from config.messages.texts import PlatformTemplate, notices, templates

T = TypeVar("T", bound=Model)


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """The channel of the next try, its place in the order, and whether a further one could take over.

    `grant_id` is the consent that this channel would use up, if it needs one.
    """

    channel: Channel
    position: int
    more: bool
    to: Addresses
    grant_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reach:
    """How a person can be reached now."""

    to: Addresses
    channels: frozenset[str]
    grants: Mapping[str, int] = field(default_factory=dict)  # channel → the consent it would use up


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """All that is known of the people of a batch; consents by identity and template."""

    staff: Mapping[int, Staff]
    customers: Mapping[int, Customer]
    identities: Mapping[int, Sequence[WechatIdentity]]
    grants: Mapping[tuple[int, str], SubscriptionGrant]


async def find_routes(
    rows: Sequence[Claim], post: PostOffice, *, real_now: datetime
) -> dict[UUID, Route | None]:
    """By message; None when no channel is left. Those without an address, a consent or an open window are passed over."""
    known = await _look_up(rows)
    return {row.id: _find_route(row, known, post, real_now) for row in rows}


async def _look_up(rows: Sequence[Claim]) -> _Known:
    staff_ids = {row.staff_id for row in rows if row.staff_id}
    customer_ids = {row.customer_id for row in rows if row.customer_id}
    identities: dict[int, list[WechatIdentity]] = defaultdict(list)
    for identity in await _all_of(WechatIdentity, customer_ids, by="customer_id"):
        identities[identity.customer_id].append(identity)
    identity_ids = {identity.id for found in identities.values() for identity in found}
    grants = await _all_of(SubscriptionGrant, identity_ids, by="identity_id")
    return _Known(
        staff={one.id: one for one in await _all_of(Staff, staff_ids)},
        customers={one.id: one for one in await _all_of(Customer, customer_ids)},
        identities=identities,
        grants={(one.identity_id, one.template_id): one for one in grants if one.remaining > 0},
    )


async def _all_of(table: type[T], ids: Iterable[int], by: str = "id") -> list[T]:
    wanted = sorted(ids)
    return await table.filter(**{f"{by}__in": wanted}).order_by("id") if wanted else []


def _find_route(row: Claim, known: _Known, post: PostOffice, real_now: datetime) -> Route | None:
    order = delivery().channels.customer if row.customer_id else delivery().channels.staff
    wanted = (row.only_channel,) if row.only_channel else order
    reach = _reach_customer(row, known, real_now) if row.customer_id else _reach_staff(row, known)
    left = [
        (position, channel)
        for position, channel in enumerate(wanted)
        if position >= row.channel and channel in post and channel in reach.channels
    ]
    if not left:
        return None
    position, channel = left[0]
    return Route(
        channel=channel,  # type: ignore[arg-type]  # a key of post
        position=position,
        more=len(left) > 1,
        to=reach.to,
        grant_id=reach.grants.get(channel),
    )


def _reach_staff(row: Claim, known: _Known) -> _Reach:
    staff = known.staff[row.staff_id or 0]
    having = {"template": staff.openid, "wecom": staff.wecom_user_id, "sms": staff.phone}
    return _Reach(
        to=Addresses(official_openid=staff.openid, wecom_user_id=staff.wecom_user_id, phone=staff.phone),
        channels=frozenset(channel for channel, address in having.items() if address),
    )


def _reach_customer(row: Claim, known: _Known, real_now: datetime) -> _Reach:
    customer = known.customers[row.customer_id or 0]
    identities = known.identities.get(customer.id, ())
    account = _newest(identities, "official_account", following=True)
    notice = _newest(identities, "official_account")
    program = _newest(identities, "mini_program")
    pair = templates()[notices()[row.message].template]
    grants = {
        "subscribe": _find_grant(known, program, pair.mini_program),
        "subscribe_notice": _find_grant(known, notice, pair.subscribe_notice),
    }
    phone = customer.phone or customer.filed_phone
    can = {
        "template": account is not None,
        **{channel: grant is not None for channel, grant in grants.items()},
        "customer_service": account is not None and window_open(account, real_now),
        "program_service": program is not None and window_open(program, real_now),
        "sms": phone is not None,
    }
    return _Reach(
        to=Addresses(
            official_openid=account.openid if account else None,
            notice_openid=notice.openid if notice else None,
            mini_program_openid=program.openid if program else None,
            phone=phone,
        ),
        channels=frozenset(channel for channel, usable in can.items() if usable),
        grants={channel: grant.id for channel, grant in grants.items() if grant},
    )


def _newest(
    identities: Sequence[WechatIdentity], app: str, *, following: bool = False
) -> WechatIdentity | None:
    of_app = [row for row in identities if row.app == app and (row.follows or not following)]
    return of_app[-1] if of_app else None


def _find_grant(
    known: _Known, identity: WechatIdentity | None, template: PlatformTemplate | None
) -> SubscriptionGrant | None:
    if identity is None or template is None:
        return None
    return known.grants.get((identity.id, template.id))


def window_open(account: WechatIdentity, real_now: datetime) -> bool:
    """Whether the customer has written within the platform's span; it refuses everything later."""
    span = timedelta(hours=delivery().customer_service_window_hours)
    return account.last_message_at is not None and real_now - account.last_message_at < span
