"""The applications a customer may see: their own, and those filed for their verified phone."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tortoise.expressions import Q

from backend.models import CaseClock, ConnectionApplication
from backend.queries import clocks
from backend.queries.case_parts import CLOCKS, ClockPart, Row, read_clocks
from backend.queries.clocks import ClockView
from backend.queries.pages import Page, Portion, page_of
from backend.queries.progress import MANAGER, MAY_SEE, ManagerView, manager_of, read_manager
from backend.queries.rows import rows
from backend.rules.errors import NotFound
from config.messages.texts import words

_AS_STORED = (
    "id", "number", "customer_kind", "contact_name", "contact_phone", "address", "filed_at", "stage",
)  # fmt: skip
_CHECK = f"SELECT 1 FROM applications a WHERE a.number = $1 AND {MAY_SEE}"  # noqa: S608  put together from our own texts
_LIST = f"""
SELECT {", ".join(f"a.{column}" for column in _AS_STORED)}, {MANAGER}, {CLOCKS} AS clocks
FROM applications a LEFT JOIN staff m ON m.id = a.manager_id
WHERE {MAY_SEE} AND ($1::bigint IS NULL OR a.id < $1) ORDER BY a.id DESC LIMIT $3
"""  # noqa: S608  put together from our own texts


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
    if not await rows(_CHECK, number, customer_id):
        raise NotFound


async def customer_of(number: str) -> int:
    """Whose application it is. Raises NotFound."""
    row = await ConnectionApplication.get_or_none(number=number)
    if row is None:
        raise NotFound
    return row.customer_id


async def list_own(customer_id: int, portion: Portion, *, now: datetime) -> Page[Summary]:
    """Newest first. Raises InvalidField for a cursor we did not make."""
    found = await rows(_LIST, portion.after_id(), customer_id, portion.limit + 1)
    return page_of([_summary(row, now) for row in found], portion, lambda one: (one.id,))


def _summary(row: Row, now: datetime) -> Summary:
    return Summary(
        **{name: row[name] for name in _AS_STORED},
        stage_name=words().stages["application"][row["stage"]],
        clock=clocks.view(read_clocks(row["clocks"]), now=now).headline,
        manager=read_manager(row),
    )


async def summaries(filed: Sequence[ConnectionApplication], now: datetime) -> list[Summary]:
    """Rows fetched with their managers, as a list shows them."""
    of_application, of_project = await _clocks_of(filed)
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
        for row in filed
    ]


async def _clocks_of(
    rows: Sequence[ConnectionApplication],
) -> tuple[dict[int | None, list[ClockPart]], dict[int | None, list[ClockPart]]]:
    """The clocks of all these applications, and of their projects, by the id of either."""
    either = Q(application_id__in=[row.id for row in rows]) | Q(
        project_id__in=[row.project_id for row in rows]
    )
    of_application: dict[int | None, list[ClockPart]] = defaultdict(list)
    of_project: dict[int | None, list[ClockPart]] = defaultdict(list)
    for clock in await CaseClock.filter(either).order_by("id").prefetch_related("pause"):
        of_application[clock.application_id].append(clocks.part_of(clock))
        of_project[clock.project_id].append(clocks.part_of(clock))
    return of_application, of_project
