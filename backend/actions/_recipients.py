"""Where a message can be sent: the person's addresses, and the next channel that can be used today."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from backend.gateways.post import Addresses, Channel, PostOffice
from backend.models import Customer, OutboxMessage, Staff, SubscriptionGrant, WechatIdentity
from config.delivery import delivery
from config.messages.texts import PlatformTemplate, notices, templates


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


async def find_route(row: OutboxMessage, post: PostOffice, *, real_now: datetime) -> Route | None:
    """None when no channel is left. Channels without an address, a consent or an open window are passed over."""
    order = delivery().channels.customer if row.customer_id else delivery().channels.staff
    wanted = (row.only_channel,) if row.only_channel else order
    reach = await (_reach_customer(row, real_now) if row.customer_id else _reach_staff(row))
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


async def _reach_staff(row: OutboxMessage) -> _Reach:
    staff = await Staff.get(id=row.staff_id)
    having = {"template": staff.openid, "wecom": staff.wecom_user_id, "sms": staff.phone}
    return _Reach(
        to=Addresses(official_openid=staff.openid, wecom_user_id=staff.wecom_user_id, phone=staff.phone),
        channels=frozenset(channel for channel, address in having.items() if address),
    )


async def _reach_customer(row: OutboxMessage, real_now: datetime) -> _Reach:
    customer = await Customer.get(id=row.customer_id)
    identities = await WechatIdentity.filter(customer_id=customer.id).order_by("id")
    account = _newest(identities, "official_account", following=True)
    program = _newest(identities, "mini_program")
    notice = _newest(identities, "official_account")
    pair = templates()[notices()[row.message].template]
    grants = {
        "subscribe": await _find_grant(program, pair.mini_program),
        "subscribe_notice": await _find_grant(notice, pair.subscribe_notice),
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


def _newest(identities: list[WechatIdentity], app: str, *, following: bool = False) -> WechatIdentity | None:
    of_app = [row for row in identities if row.app == app and (row.follows or not following)]
    return of_app[-1] if of_app else None


async def _find_grant(
    identity: WechatIdentity | None, template: PlatformTemplate | None
) -> SubscriptionGrant | None:
    if identity is None or template is None:
        return None
    return await SubscriptionGrant.get_or_none(
        identity_id=identity.id, template_id=template.id, remaining__gt=0
    )


def window_open(account: WechatIdentity, real_now: datetime) -> bool:
    """Whether the customer has written within the platform's span; it refuses everything later."""
    span = timedelta(hours=delivery().customer_service_window_hours)
    return account.last_message_at is not None and real_now - account.last_message_at < span
