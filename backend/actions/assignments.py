"""Who does a case, or a part of it: the district's manager, else the least loaded; nobody who is away."""

from datetime import datetime
from typing import Any, Literal

from tortoise.expressions import Q
from tortoise.functions import Count
from tortoise.queryset import QuerySet

from backend.actions.locks import share_name
from backend.models import Staff
from backend.queries.rows import rows
from backend.rules.stages import APPLICATION, PROJECT

ABSENCES = "absences"
"""Held by whoever gives a case to somebody, and alone by whoever goes away: so nothing is left on the absent one."""

Part = Literal["designer", "contractor", "inspector"]
_MANAGER = """
WITH there AS (
    SELECT id, $2 = ANY(districts) AS fits FROM staff
    WHERE active AND 'customer_manager' = ANY(roles) AND (away_until IS NULL OR away_until <= $1)
)
SELECT id FROM there WHERE fits OR NOT EXISTS (SELECT FROM there WHERE fits)
ORDER BY (SELECT count(*) FROM applications a WHERE a.manager_id = there.id AND a.stage <> ALL($3)), id LIMIT 1
"""
_WORK: dict[Part, str] = {"designer": "designs", "contractor": "buildings", "inspector": "inspections"}


async def choose_manager(district: str, *, now: datetime) -> int | None:
    """The manager for a new case in `district`; of several the one with the fewest open cases. None when nobody is there."""
    await share_name(ABSENCES)
    found = await rows(_MANAGER, now, district, list(APPLICATION.final))
    return found[0]["id"] if found else None


async def least_busy(part: Part, *, now: datetime) -> int | None:
    """Of the people there for this part of a project the one with the fewest under way; None when there is nobody."""
    await share_name(ABSENCES)
    work = _WORK[part]
    still: dict[str, Any] = {f"{work}__stage__not_in": list(PROJECT.final)}
    under_way = Count(work, _filter=Q(**still))
    person = await present(part, now=now).annotate(load=under_way).order_by("load", "id").first()
    return person.id if person else None


def present(role: str, *, now: datetime) -> QuerySet[Staff]:
    """The active members with a role who are not away."""
    there = Q(away_until__isnull=True) | Q(away_until__lte=now)
    return Staff.filter(there, active=True, roles__contains=[role])
