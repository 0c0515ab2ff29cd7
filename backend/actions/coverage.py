"""Who covers which district, and in which order the duty officers are called."""

from collections.abc import Sequence

from tortoise.transactions import in_transaction

from backend.actions._staff_changes import note
from backend.actions.act import Act
from backend.actions.locks import lock_name
from backend.models import Staff
from backend.rules.errors import InvalidField
from backend.rules.staffing import served_districts

_COVER, _ROTA = "district_cover", "rota"


async def cover(district: str, manager_ids: Sequence[int], *, act: Act) -> None:
    """These managers cover the district, and no others. Raises InvalidField; none at all may be, and is shown as a problem."""
    if district not in served_districts():
        raise InvalidField(field="district", sentence="unknown_district", names=district)
    async with in_transaction():
        await lock_name(_COVER)
        managers = Staff.filter(active=True, roles__contains=["customer_manager"]).order_by("id")
        everyone = await managers.select_for_update(no_key=True)
        if set(manager_ids) - {row.id for row in everyone}:
            raise InvalidField(field="manager_ids", sentence="not_a_manager")
        for member in everyone:
            covers = district in member.districts
            if covers != (member.id in manager_ids):
                before = list(member.districts)
                rest = [name for name in before if name != district]
                member.districts = rest if covers else [*before, district]
                await member.save(update_fields=["districts"])
                await note("staff_changed", member, act, {"districts": [before, member.districts]})


async def order_rota(staff_ids: Sequence[int], *, act: Act) -> None:
    """Duty officers are called in this order. Raises InvalidField unless it names each of them once."""
    async with in_transaction():
        await lock_name(_ROTA)
        officers = Staff.filter(active=True, roles__contains=["duty_officer"])
        known = {row.id: row for row in await officers.select_for_update(no_key=True)}
        if sorted(staff_ids) != sorted(known):
            raise InvalidField(field="staff_ids", sentence="rota_incomplete")
        for place, staff_id in enumerate(staff_ids, start=1):
            member = known[staff_id]
            if member.rota_order != place:
                changes = {"rota_order": [member.rota_order, place]}
                member.rota_order = place
                await member.save(update_fields=["rota_order"])
                await note("staff_changed", member, act, changes)
