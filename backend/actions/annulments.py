"""A supervisor looks at a pause and annuls it: its time counts again, and what is late by that is late at once (§1.2-3)."""

from tortoise.transactions import in_transaction

from backend.actions import _clocks, _holds
from backend.actions.act import Act
from backend.actions.locks import lock_case
from backend.actions.record import record
from backend.models import Case, ConnectionApplication, Pause, PreServiceProject, reference
from backend.rules.errors import NotAllowed, NotFound


async def annul(pause_id: int, note: str, *, act: Act) -> Pause:
    """The clocks of the case are counted as if this pause had never been; another one of the same time still holds them.

    Raises NotFound, NotAllowed (annulled already).
    """
    async with in_transaction():
        found = await Pause.get_or_none(id=pause_id)
        if found is None:
            raise NotFound
        case = await lock_case(await _case_of(found))
        pause = await Pause.get(id=pause_id)
        if pause.annulled_at is not None:
            raise NotAllowed(stage=case.stage, event="pause_annulled", sentence="pause_already_annulled")
        pause.annulled_at, pause.annulled_by_id, pause.annulment = act.now, act.staff_id, note
        pause.ended_at = pause.ended_at or act.now
        await pause.save()
        await _count_anew(case, pause, act)
        await record(case, "pause_annulled", act=act, facts={"pause": pause.id, "note": note})
        return pause


async def _count_anew(case: Case, pause: Pause, act: Act) -> None:
    others = await Pause.filter(**reference(case), annulled_at=None, until=None).order_by("began_at")
    for clock in await _holds.hand_to_others(pause, others, now=act.now):
        holding = next((other for other in others if other.ended_at is None), None)
        clock.pause_id = holding.id if holding and clock.state == "paused" else None
        await _clocks.recount(clock, now=act.now)


async def _case_of(pause: Pause) -> Case:
    if pause.application_id is not None:
        return await ConnectionApplication.get(id=pause.application_id)
    return await PreServiceProject.get(id=pause.project_id)
