"""The household files of a project (一户一档)."""

from dataclasses import dataclass
from datetime import datetime

from tortoise.expressions import Q

from backend.models import HouseholdFile
from backend.queries.pages import Page, Portion, page_of


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdView:
    """The file of one served household."""

    id: int
    building: str
    unit: str
    room: str
    contact_name: str
    contact_phone: str
    meter_number: str
    application_number: str | None
    changed_at: datetime


async def list_households(project_id: int, query: str | None, portion: Portion) -> Page[HouseholdView]:
    """In the order they came; `query` finds a building, a name or a meter. Raises InvalidField for a cursor we did not make."""
    found = HouseholdFile.filter(project_id=project_id)
    if query:
        found = found.filter(
            Q(building__istartswith=query) | Q(contact_name__icontains=query) | Q(meter_number=query)
        )
    after = portion.after_id()
    if after is not None:
        found = found.filter(id__gt=after)
    rows = await found.order_by("id").limit(portion.limit + 1).prefetch_related("application")
    return page_of([_view(row) for row in rows], portion, lambda one: (one.id,))


def _view(row: HouseholdFile) -> HouseholdView:
    return HouseholdView(
        id=row.id,
        building=row.building,
        unit=row.unit,
        room=row.room,
        contact_name=row.contact_name,
        contact_phone=row.contact_phone,
        meter_number=row.meter_number,
        application_number=row.application.number if row.application else None,
        changed_at=row.changed_at,
    )
