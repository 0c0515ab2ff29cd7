"""Which clock stood still from when to when, and for which pause: what an annulled pause is counted back from."""

from datetime import datetime

from backend.models import CaseClock, ClockHold, Pause
from backend.rules.clocks import Hold


async def begin(clock: CaseClock, pause: Pause, *, now: datetime) -> None:
    """The clock stands still from now on."""
    await ClockHold.create(clock_id=clock.id, pause_id=pause.id, began_at=now)


async def end(clock: CaseClock, *, now: datetime) -> None:
    """Whatever kept the clock still does so no more."""
    await ClockHold.filter(clock_id=clock.id, ended_at=None).update(ended_at=now)


async def of(clock: CaseClock) -> list[Hold]:
    """What counts of the clock's holds, in order: those of annulled pauses do not."""
    rows = ClockHold.filter(clock_id=clock.id, pause__annulled_at=None).order_by("began_at", "id")
    return [Hold(began_at=row.began_at, ended_at=row.ended_at) for row in await rows]


async def hand_to_others(annulled: Pause, others: list[Pause], *, now: datetime) -> list[CaseClock]:
    """Ends the holds of an annulled pause, but where another pause covered the same time that one holds the clock.

    Returns the clocks that have to be counted anew.
    """
    clocks: dict[int, CaseClock] = {}
    for hold in await ClockHold.filter(pause_id=annulled.id).order_by("id").prefetch_related("clock"):
        clocks[hold.clock_id] = hold.clock
        await end(hold.clock, now=now)
        until = hold.ended_at
        for other in others:
            began_at = max(hold.began_at, other.began_at)
            ended_at = min((at for at in (until, other.ended_at) if at is not None), default=None)
            if ended_at is None or began_at < ended_at:
                await ClockHold.create(
                    clock_id=hold.clock_id, pause_id=other.id, began_at=began_at, ended_at=ended_at
                )
    return list(clocks.values())
