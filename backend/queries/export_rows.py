"""Applications as rows of a workbook, by the thousand."""

from datetime import datetime

from backend.models import CaseClock, ConnectionApplication
from backend.queries import staff_cases
from backend.queries.callers import Member
from backend.queries.staff_cases import Search
from backend.rules.wording import mask_phone
from config import policy
from config.messages.texts import words
from config.roles import StaffRole

Row = list[str | None]


async def portion(
    member: Member,
    wanted: tuple[StaffRole, ...],
    search: Search,
    before: int | None,
    limit: int,
    *,
    now: datetime,
) -> tuple[list[Row], int | None]:
    """The next rows of the member's list, newest first, and the id of the last one; phones are masked."""
    found = await staff_cases.found(member, wanted, search, now=now)
    if before is not None:
        found = found.filter(id__lt=before)
    cases = await found.order_by("-id").limit(limit).prefetch_related("manager")
    clocks = await CaseClock.filter(application_id__in=[one.id for one in cases], kind="ignition").order_by(
        "id"
    )
    ignition = {clock.application_id: clock for clock in clocks}
    rows = [_row(case, ignition.get(case.id), now) for case in cases]
    return rows, cases[-1].id if cases else None


async def count(member: Member, wanted: tuple[StaffRole, ...], search: Search, *, now: datetime) -> int:
    """How many rows there will be."""
    return await (await staff_cases.found(member, wanted, search, now=now)).count()


def _row(case: ConnectionApplication, clock: CaseClock | None, now: datetime) -> Row:
    w = words()
    late = clock is not None and (
        clock.late or (clock.due_at is not None and not clock.ended_at and clock.due_at <= now)
    )
    return [
        case.number,
        case.contact_name,
        mask_phone(case.contact_phone),
        w.customer_kinds[case.customer_kind],
        case.address,
        case.district,
        w.channels[case.channel],
        w.stages["application"][case.stage],
        case.manager.name if case.manager else w.nobody,
        _moment(case.filed_at),
        _moment(clock.due_at if clock else None),
        _moment(case.ignited_at),
        case.meter_number,
        w.yes if late else w.no,
    ]


def _moment(at: datetime | None) -> str | None:
    """Sortable, in Shanghai."""
    return at.astimezone(policy.current().tz).strftime("%Y-%m-%d %H:%M") if at else None
