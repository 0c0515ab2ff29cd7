"""What the assistant knows of the person it talks with: themselves, and the cases they may see."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tortoise.expressions import Q

from backend.models import ConnectionApplication, Customer, Document, Visit
from backend.rules import papers
from backend.rules.stages import APPLICATION
from config.documents import Paper, catalogue
from config.messages.texts import words

_MOST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class MyCase:
    """One application as the assistant needs it. `open` until it is ignited or cancelled; `ratable` once ignited, unrated."""

    id: int
    number: str
    customer_kind: str
    contact_name: str
    contact_phone: str
    address: str
    stage_name: str
    open: bool
    ratable: bool
    missing: tuple[Paper, ...]
    visit_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """`phone` is the verified one. `cases` are the newest first, at most ten."""

    name: str | None = None
    phone: str | None = None
    cases: tuple[MyCase, ...] = ()


async def read(customer_id: int) -> Person:
    """The customer, with their own applications and those filed for their verified phone."""
    customer = await Customer.get(id=customer_id)
    mine = Q(customer_id=customer_id)
    visible = mine | Q(contact_phone=customer.phone) if customer.phone else mine
    rows = await ConnectionApplication.filter(visible).order_by("-id").limit(_MOST)
    return Person(name=customer.name, phone=customer.phone, cases=await _cases(rows) if rows else ())


async def _cases(rows: Sequence[ConnectionApplication]) -> tuple[MyCase, ...]:
    ids = [row.id for row in rows if row.stage not in APPLICATION.final]
    present: dict[int | None, set[str]] = defaultdict(set)
    for document in await Document.filter(application_id__in=ids).exclude(state="lost"):
        present[document.application_id].add(document.kind)
    booked = {
        visit.application_id: visit.at for visit in await Visit.filter(application_id__in=ids, state="booked")
    }
    return tuple(_case(row, present[row.id], booked.get(row.id)) for row in rows)


def _case(row: ConnectionApplication, present: set[str], visit_at: datetime | None) -> MyCase:
    is_open = row.stage not in APPLICATION.final
    return MyCase(
        id=row.id,
        number=row.number,
        customer_kind=row.customer_kind,
        contact_name=row.contact_name,
        contact_phone=row.contact_phone,
        address=row.address,
        stage_name=words().stages["application"][row.stage],
        open=is_open,
        ratable=row.stage == "ignited" and row.rating is None,
        missing=papers.missing(row.customer_kind, present, catalogue()) if is_open else (),
        visit_at=visit_at,
    )
