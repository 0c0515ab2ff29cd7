"""Which manager does a case: the district's, else the least loaded; nobody who is away."""

from datetime import datetime

from tortoise.expressions import Q
from tortoise.functions import Count

from backend.models import Staff
from backend.rules.stages import APPLICATION


async def choose_manager(district: str, *, now: datetime) -> Staff | None:
    """The manager for a new case in `district`; of several the one with the fewest open cases. None when nobody is there."""
    here = Staff.filter(active=True, roles__contains=["customer_manager"]).filter(
        Q(away_until__isnull=True) | Q(away_until__lte=now)
    )
    open_cases = Count("applications", _filter=Q(applications__stage__not_in=list(APPLICATION.final)))
    by_load = here.annotate(load=open_cases).order_by("load", "id")
    return await by_load.filter(districts__contains=[district]).first() or await by_load.first()
