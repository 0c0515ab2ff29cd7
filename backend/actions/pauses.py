"""Clocks that stand still for the customer's or an uncontrollable reason (§1.2-3)."""

from collections.abc import Sequence
from datetime import datetime

from tortoise.transactions import in_transaction

from backend.actions import _clocks, documents
from backend.actions.act import Act
from backend.actions.locks import lock_application
from backend.actions.record import record
from backend.models import CaseClock, ConnectionApplication, Pause
from backend.rules.clocks import PauseReason
from backend.rules.errors import NotAllowed


async def pause(
    number: str, reason: PauseReason, note: str, *, act: Act, document_ids: Sequence[int] = ()
) -> ConnectionApplication:
    """All open clocks of the application stand still at once. Raises NotFound, NotAllowed, InvalidField."""
    async with in_transaction():
        application = await lock_application(number)
        if await Pause.exists(application_id=application.id, ended_at=None, until=None):
            raise NotAllowed(stage=application.stage, event="paused", sentence="already_paused")
        await documents.attach_locked(application, document_ids, act=act)
        row = await begin(application, reason, note, act=act)
        for clock in await _clocks.open_clocks(application):
            if clock.state != "paused":
                await _clocks.pause(clock, row, now=act.now)
        await record(application, "paused", act=act, facts={"reason": reason, "note": note})
        return application


async def resume(number: str, note: str | None, *, act: Act) -> ConnectionApplication:
    """Every clock that stands still runs again. Raises NotFound, NotAllowed."""
    async with in_transaction():
        application = await lock_application(number)
        if not await Pause.exists(application_id=application.id, ended_at=None):
            raise NotAllowed(stage=application.stage, event="resumed", sentence="not_paused")
        await lift_all(application, now=act.now)
        await record(application, "resumed", act=act, facts={"note": note})
        return application


async def begin(
    application: ConnectionApplication,
    reason: PauseReason,
    note: str,
    *,
    act: Act,
    until: datetime | None = None,
) -> Pause:
    """A pause by itself; the caller chooses which clocks it holds."""
    return await Pause.create(
        application_id=application.id,
        reason=reason,
        note=note,
        began_at=act.now,
        until=until,
        by_staff_id=act.staff_id,
    )


async def lift_all(application: ConnectionApplication, *, now: datetime) -> None:
    """Ends every pause of the application."""
    for row in await Pause.filter(application_id=application.id, ended_at=None):
        await lift(row, now=now)


async def lift(row: Pause, *, now: datetime) -> bool:
    """Ends one pause; clocks it held run again, or stand still on under a pause that has no hour. True when any runs."""
    row.ended_at = now
    await row.save(update_fields=["ended_at"])
    held = await CaseClock.filter(pause_id=row.id, state="paused")
    other = await Pause.filter(application_id=row.application_id, ended_at=None, until=None).first()
    for clock in held:
        if other is None:
            await _clocks.resume(clock, now=now)
        else:
            await _clocks.hold_on(clock, other, now=now)
    return bool(held) and other is None
