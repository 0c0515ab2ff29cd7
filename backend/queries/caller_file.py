"""All that is known of a caller, on one screen: their applications with clocks, earlier calls, what they wrote in the chat."""

from dataclasses import dataclass
from datetime import datetime

from tortoise.expressions import Q

from backend.models import Call, ConnectionApplication, Customer, Staff, WechatIdentity
from backend.queries import known_customers, talk_lines
from backend.queries.known_customers import KnownDetails
from backend.queries.talk_lines import Line
from backend.rules.errors import NotFound

_CALLS, _LINES = 10, 8


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierCall:
    """One logged call of theirs."""

    at: datetime
    kind: str
    content: str
    outcome: str | None
    callback_at: datetime | None
    application_number: str | None
    agent_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallerFile:
    """`known` is what a form can be filled with; `lines` are the newest of the chat, oldest first."""

    known: KnownDetails
    calls: tuple[EarlierCall, ...]
    lines: tuple[Line, ...]


async def phone_of(number: str) -> str:
    """The contact's phone of an application. Raises NotFound."""
    row = await ConnectionApplication.get_or_none(number=number)
    if row is None:
        raise NotFound
    return row.contact_phone


async def get(phone: str, *, now: datetime) -> CallerFile:
    """By the phone they call from; nearly empty for somebody new."""
    known = await known_customers.find(phone, now=now)
    customer = await Customer.filter(Q(phone=phone) | Q(filed_phone=phone)).order_by("id").first()
    return CallerFile(known=known, calls=await _calls(known), lines=await _chat(customer, phone))


async def _calls(known: KnownDetails) -> tuple[EarlierCall, ...]:
    theirs = Q(caller_phone=known.phone) | Q(application_id__in=[one.id for one in known.applications])
    rows = await Call.filter(theirs).order_by("-id").limit(_CALLS).prefetch_related("agent", "application")
    return tuple(_call(row, row.agent) for row in rows)


def _call(row: Call, agent: Staff) -> EarlierCall:
    return EarlierCall(
        at=row.at,
        kind=row.kind,
        content=row.content,
        outcome=row.outcome,
        callback_at=row.callback_at,
        application_number=row.application.number if row.application else None,
        agent_name=agent.name,
    )


async def _chat(customer: Customer | None, phone: str) -> tuple[Line, ...]:
    """Of the customer themselves, or of whoever filed with this phone in the chat."""
    filed = await ConnectionApplication.filter(contact_phone=phone).order_by("-id").first()
    whose = customer.id if customer else (filed.customer_id if filed else 0)
    identity = await WechatIdentity.filter(customer_id=whose).order_by("-last_message_at").first()
    return (await talk_lines.lines_of(identity.openid))[-_LINES:] if identity else ()
