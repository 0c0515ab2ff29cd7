"""Leave, illness, the end of a shift: everything of the absent one passes to colleagues in one act (domain §7)."""

from dataclasses import replace
from datetime import datetime

from tortoise.transactions import in_transaction

from backend.actions import _absent_desk, assignments, handing_over
from backend.actions._absent_desk import Passed
from backend.actions.act import Act
from backend.actions.handing_over import HandedOver
from backend.actions.locks import lock_name
from backend.models import Staff
from backend.rules.errors import Forbidden, InvalidField, NotFound
from backend.rules.wording import say_moment
from config import policy
from config.messages.texts import words


async def leave(staff_id: int, until: datetime, *, act: Act) -> HandedOver:
    """The member is away until an hour (UTC); nothing stays on their desk, and nothing new comes to it.

    Raises NotFound, Forbidden (not theirs, and not a supervisor of the department), InvalidField (an hour in the past).
    """
    if until <= act.now:
        raise InvalidField(field="until", sentence="away_in_the_past")
    async with in_transaction():
        await lock_name(assignments.ABSENCES)
        member = await _get_member(staff_id, act)
        member.away_until = until
        await member.save(update_fields=["away_until"])
        passed = await _absent_desk.clear(member, act=replace(act, by="system"))
        await _tell(member, until, passed, act)
        return handing_over.summary(passed, until)


async def come_back(staff_id: int, *, act: Act) -> HandedOver:
    """The member is there again; what colleagues took over stays theirs. Raises NotFound, Forbidden."""
    async with in_transaction():
        await lock_name(assignments.ABSENCES)
        member = await _get_member(staff_id, act)
        member.away_until = None
        await member.save(update_fields=["away_until"])
        return HandedOver(cases=0, colleagues=(), unassigned=0)


async def _get_member(staff_id: int, act: Act) -> Staff:
    # FOR UPDATE would wait for whoever writes an event of theirs, and they for us
    member = await Staff.select_for_update(no_key=True).get_or_none(id=staff_id, active=True)
    if member is None:
        raise NotFound
    if member.id != act.staff_id:
        chief = await Staff.get(id=act.staff_id)
        if "supervisor" not in chief.roles or not await _may_send(chief, member):
            raise Forbidden
    return member


async def _may_send(chief: Staff, member: Staff) -> bool:
    """Supervisors answer for their department, and for departments that have no supervisor."""
    if chief.department == member.department:
        return True
    return not await Staff.exists(active=True, department=member.department, roles__contains=["supervisor"])


async def _tell(member: Staff, until: datetime, passed: list[Passed], act: Act) -> None:
    """The colleagues, the supervisors about what nobody could take, and the absent one."""
    if not passed:
        return
    await handing_over.tell(member, passed, act)
    colleagues = "、".join(handing_over.summary(passed, until).colleagues) or words().nobody
    facts = handing_over.facts_of(member, passed)
    facts |= {"until": say_moment(until, policy.current()), "colleagues": colleagues}
    await handing_over.push("cases_given_away", member.id, facts, act)
