"""The same person again: what is known of whoever has this phone, and their earlier cases (domain §7)."""

from dataclasses import dataclass
from datetime import datetime

from tortoise.expressions import Q

from backend.models import ConnectionApplication, Customer
from backend.queries import my_applications
from backend.queries.my_applications import Summary

_MOST = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownDetails:
    """What a form can be filled with: the newest of each; `verified` says that the platform vouched for the phone."""

    phone: str
    verified: bool
    contact_name: str | None
    customer_kind: str | None
    addresses: tuple[str, ...]
    agent_name: str | None
    applications: tuple[Summary, ...]


async def find(phone: str, *, now: datetime) -> KnownDetails:
    """By the phone as it was filed or verified; empty where nobody has it."""
    customer = await Customer.filter(Q(phone=phone) | Q(filed_phone=phone)).order_by("id").first()
    theirs = Q(contact_phone=phone) | (Q(customer_id=customer.id) if customer else Q(id=0))
    rows = await ConnectionApplication.filter(theirs).order_by("-id").limit(_MOST).prefetch_related("manager")
    newest = rows[0] if rows else None
    return KnownDetails(
        phone=phone,
        verified=customer is not None and customer.phone == phone,
        contact_name=newest.contact_name if newest else (customer.name if customer else None),
        customer_kind=newest.customer_kind if newest else None,
        addresses=tuple(dict.fromkeys(row.address for row in rows)),
        agent_name=next((row.agent_name for row in rows if row.agent_name), None),
        applications=tuple(await my_applications.summaries(rows, now)),
    )
