"""Who is alerted when gas smells: the rota as it stands, for the process that may lose the database next."""

from dataclasses import dataclass
from datetime import datetime

from tortoise.expressions import Q

from backend.models import Staff


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyOfficer:
    """One officer and how to reach them."""

    name: str
    phone: str
    openid: str | None
    wecom_user_id: str | None


async def list_on_duty(*, now: datetime) -> tuple[DutyOfficer, ...]:
    """Active and not away, in the order of the rota; the supervisors where no officer is."""
    present = Staff.filter(active=True).filter(Q(away_until__isnull=True) | Q(away_until__lte=now))
    rows = await present.filter(roles__contains=["duty_officer"]).order_by("rota_order", "id")
    rows = rows or await present.filter(roles__contains=["supervisor"]).order_by("id")
    return tuple(
        DutyOfficer(name=row.name, phone=row.phone, openid=row.openid, wecom_user_id=row.wecom_user_id)
        for row in rows
    )
