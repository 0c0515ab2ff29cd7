"""Whom the hotline has to call back, who is due first."""

from dataclasses import dataclass
from datetime import datetime

from tortoise.expressions import RawSQL

from backend.models import Customer, OutboxMessage, Task
from config.messages.texts import fill, notices

_MOST = 50
_OPEN = ("open", "accepted")


@dataclass(frozen=True, slots=True, kw_only=True)
class CallBack:
    """One promised call, or messages that nobody could deliver (`untold`, each as it would have read)."""

    id: int
    title: str
    untold: tuple[str, ...]
    phone: str | None
    contact_name: str | None
    application_number: str | None
    due_at: datetime
    assignee_id: int | None
    assignee_name: str | None


async def list_open() -> tuple[CallBack, ...]:
    """The longest due first; what has no hour is due since it was opened."""
    rows = (
        await Task.filter(kind="call_back", state__in=_OPEN)
        .annotate(since=RawSQL("coalesce(due_at, opened_at)"))
        .order_by("since", "id")
        .limit(_MOST)
        .prefetch_related("application", "assignee")
    )
    return tuple([await _view(row) for row in rows])


async def _view(row: Task) -> CallBack:
    facts, case = row.facts, row.application
    customer = await Customer.get_or_none(id=facts["customer_id"]) if "customer_id" in facts else None
    known = customer.phone or customer.filed_phone if customer else None
    return CallBack(
        id=row.id,
        title=facts["title"],
        untold=await _untold(facts["messages"]),
        phone=facts.get("contact_phone") or (case.contact_phone if case else known),
        contact_name=case.contact_name if case else (customer.name if customer else None),
        application_number=case.number if case else None,
        due_at=row.due_at or row.opened_at,
        assignee_id=row.assignee_id,
        assignee_name=row.assignee.name if row.assignee else None,
    )


async def _untold(ids: list[str]) -> tuple[str, ...]:
    rows = await OutboxMessage.filter(id__in=ids).order_by("created_at") if ids else []
    return tuple(fill(notices()[row.message].body, row.facts) for row in rows)
