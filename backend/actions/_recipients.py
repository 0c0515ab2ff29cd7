"""Where a message can be sent: the person's addresses and the next channel that has one."""

from backend.gateways.post import Addresses, Channel, PostOffice
from backend.models import Customer, OutboxMessage, Staff, WechatIdentity
from config.delivery import delivery


async def channel_of(row: OutboxMessage, post: PostOffice) -> Channel | None:
    """The channel of the next try; None when no channel is left. Channels without an address are passed over."""
    order = delivery().channels.customer if row.customer_id else delivery().channels.staff
    wanted = [row.only_channel] if row.only_channel else list(order)
    reachable = _with_address(await addresses_of(row))
    while row.channel < len(wanted):
        channel = wanted[row.channel]
        if channel in post and channel in reachable:
            await row.save(update_fields=["channel"])
            return channel  # type: ignore[no-any-return]  # a key of post
        row.channel += 1
    return None


async def addresses_of(row: OutboxMessage) -> Addresses:
    """How the person of this message can be reached today."""
    if row.staff_id is not None:
        staff = await Staff.get(id=row.staff_id)
        return Addresses(official_openid=staff.openid, wecom_user_id=staff.wecom_user_id, phone=staff.phone)
    customer = await Customer.get(id=row.customer_id)
    identities = {row.app: row for row in await WechatIdentity.filter(customer_id=customer.id).order_by("id")}
    account, program = identities.get("official_account"), identities.get("mini_program")
    return Addresses(
        official_openid=account.openid if account and account.follows else None,
        mini_program_openid=program.openid if program else None,
        phone=customer.phone or customer.filed_phone,
    )


def _with_address(to: Addresses) -> set[str]:
    having = {
        "template": to.official_openid,
        "customer_service": to.official_openid,
        "subscribe": to.mini_program_openid,
        "wecom": to.wecom_user_id,
        "sms": to.phone,
    }
    return {channel for channel, address in having.items() if address}
