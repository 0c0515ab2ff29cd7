"""The applications a customer may see: their own, and those filed for their verified phone."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tortoise.expressions import Q

from backend.models import CaseClock, ConnectionApplication, Customer
from backend.queries import clocks
from backend.queries.clocks import ClockView
from backend.queries.pages import Page, Portion, page_of
from backend.queries.progress import ManagerView, manager_of
from backend.rules.errors import NotFound
from config.messages.texts import words


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """One application in a list."""

    id: int
    number: str
    customer_kind: str
    contact_name: str
    contact_phone: str
    address: str
    filed_at: datetime
    stage: str
    stage_name: str
    clock: ClockView | None
    manager: ManagerView | None


async def check_own(number: str, customer_id: int) -> None:
    """Raises NotFound for another person's application, as for none at all."""
    if not await ConnectionApplication.filter(await _visible(customer_id), number=number).exists():
        raise NotFound


async def customer_of(number: str) -> int:
    """Whose application it is. Raises NotFound."""
    row = await ConnectionApplication.get_or_none(number=number)
    if row is None:
        raise NotFound
    return row.customer_id


async def list_own(customer_id: int, portion: Portion, *, now: datetime) -> Page[Summary]:
    """Newest first. Raises InvalidField for a cursor we did not make."""
    found = ConnectionApplication.filter(await _visible(customer_id))
    before = portion.after_id()
    if before is not None:
        found = found.filter(id__lt=before)
    rows = await found.order_by("-id").limit(portion.limit + 1).prefetch_related("manager")
    return page_of(await summaries(rows, now), portion, lambda one: (one.id,))


async def _visible(customer_id: int) -> Q:
    customer = await Customer.get_or_none(id=customer_id)
    mine = Q(customer_id=customer_id)
    return mine | Q(contact_phone=customer.phone) if customer and customer.phone else mine


async def summaries(rows: Sequence[ConnectionApplication], now: datetime) -> list[Summary]:
    """Rows fetched with their managers, as a list shows them."""
    of_application, of_project = await _clocks_of(rows)
    return [
        Summary(
            id=row.id,
            number=row.number,
            customer_kind=row.customer_kind,
            contact_name=row.contact_name,
            contact_phone=row.contact_phone,
            address=row.address,
            filed_at=row.filed_at,
            stage=row.stage,
            stage_name=words().stages["application"][row.stage],
            clock=clocks.view([*of_application[row.id], *of_project[row.project_id]], now=now).headline,
            manager=manager_of(row),
        )
        for row in rows
    ]


async def _clocks_of(
    rows: Sequence[ConnectionApplication],
) -> tuple[dict[int | None, list[CaseClock]], dict[int | None, list[CaseClock]]]:
    """The clocks of all these applications, and of their projects, by the id of either."""
    either = Q(application_id__in=[row.id for row in rows]) | Q(
        project_id__in=[row.project_id for row in rows]
    )
    of_application: dict[int | None, list[CaseClock]] = defaultdict(list)
    of_project: dict[int | None, list[CaseClock]] = defaultdict(list)
    for clock in await CaseClock.filter(either).order_by("id").prefetch_related("pause"):
        of_application[clock.application_id].append(clock)
        of_project[clock.project_id].append(clock)
    return of_application, of_project
