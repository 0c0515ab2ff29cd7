"""The doors of the post office: our parcels as the platform's messages."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from backend.gateways.post import Channel, Parcel, PostOffice, Sender
from backend.gateways.sms import SmsGateway
from backend.gateways.template_values import values_of
from backend.gateways.wechat.mini_program import MiniProgram
from backend.gateways.wechat.official_account import OfficialAccount
from backend.gateways.wechat.refusals import Unreachable, WrongData
from backend.gateways.wechat.wecom import WeCom
from config import policy
from config.delivery import delivery
from config.messages.texts import PlatformTemplate, fill, templates

LinkOf = Callable[[str], str]
"""The address outsiders open for one of our paths."""


def open_post(
    *,
    account: OfficialAccount,
    program: MiniProgram,
    wecom: WeCom,
    link_of: LinkOf,
    sms: SmsGateway | None = None,
) -> PostOffice:
    """Every channel there is a door for; text messages only where the company has a gateway."""
    doors = _Doors(account=account, program=program, wecom=wecom, link_of=link_of)
    post: dict[Channel, Sender] = {
        "template": doors.send_template,
        "subscribe": doors.send_subscribe,
        "subscribe_notice": doors.send_subscribe_notice,
        "customer_service": doors.send_customer_service,
        "program_service": doors.send_program_service,
        "wecom": doors.send_wecom,
    }
    return post | ({"sms": partial(_send_sms, sms, link_of)} if sms is not None else {})


async def _send_sms(gateway: SmsGateway, link_of: LinkOf, parcel: Parcel) -> str | None:
    facts = {"title": parcel.title, "body": parcel.body, "url": link_of(parcel.link)}
    text = fill(delivery().sms_text, facts)
    return await gateway.send(_known(parcel.to.phone), text, message_id=parcel.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Doors:
    """One sender for each channel; all raise WeChatTrouble."""

    account: OfficialAccount
    program: MiniProgram
    wecom: WeCom
    link_of: LinkOf

    async def send_template(self, parcel: Parcel) -> str | None:
        template = templates()[parcel.template].official_account
        receipt = await self.account.send_template(
            _known(parcel.to.official_openid),
            template.id,
            _values(template, parcel),
            client_msg_id=parcel.id,
            url=self.link_of(parcel.link),
            urgent=parcel.emergency,
        )
        return receipt.message_id

    async def send_subscribe(self, parcel: Parcel) -> str | None:
        template = _granted(templates()[parcel.template].mini_program)
        receipt = await self.program.send_subscribe(
            _known(parcel.to.mini_program_openid),
            template.id,
            _values(template, parcel),
            urgent=parcel.emergency,
        )
        return receipt.message_id

    async def send_subscribe_notice(self, parcel: Parcel) -> str | None:
        template = _granted(templates()[parcel.template].subscribe_notice)
        receipt = await self.account.send_subscribe_notice(
            _known(parcel.to.notice_openid),
            template.id,
            _values(template, parcel),
            url=self.link_of(parcel.link),
            urgent=parcel.emergency,
        )
        return receipt.message_id

    async def send_customer_service(self, parcel: Parcel) -> str | None:
        facts = {"title": parcel.title, "body": parcel.body, "url": self.link_of(parcel.link)}
        text = fill(delivery().customer_service_text, facts) if parcel.title else parcel.body
        receipt = await self.account.send_text(
            _known(parcel.to.official_openid), text, urgent=parcel.emergency
        )
        return receipt.message_id

    async def send_program_service(self, parcel: Parcel) -> str | None:
        openid = _known(parcel.to.mini_program_openid)
        return (await self.program.send_text(openid, parcel.body, urgent=parcel.emergency)).message_id

    async def send_wecom(self, parcel: Parcel) -> str | None:
        receipt = await self.wecom.send_card(
            [_known(parcel.to.wecom_user_id)],
            title=parcel.title,
            description=parcel.body,
            url=self.link_of(parcel.link),
            message_id=parcel.id,
            urgent=parcel.emergency,
        )
        return receipt.message_id


def _known(address: str | None) -> str:
    """Raises Unreachable where the person has no such address (any more)."""
    if address is None:
        raise Unreachable("no_address")
    return address


def _granted(template: PlatformTemplate | None) -> PlatformTemplate:
    """Raises WrongData where this message has no such template."""
    if template is None:
        raise WrongData("no_subscribe_template")
    return template


def _values(template: PlatformTemplate, parcel: Parcel) -> dict[str, str]:
    facts = {**parcel.facts, "title": parcel.title, "body": parcel.body, "brief": parcel.brief}
    return values_of(template, facts, at=parcel.at, zone=policy.current().tz)
