"""A customer who wants a later hour than the deadline: the clock waits for that hour (domain §3)."""

from datetime import datetime

from tortoise.transactions import in_transaction

from backend.actions import _clocks, pauses
from backend.actions.act import Act
from backend.actions.record import record
from backend.models import ConnectionApplication, Pause
from backend.rules.wording import say_moment
from config import policy

_MEASURED_BY_VISITS = ("ignition", "first_visit")


async def wait_until(application: ConnectionApplication, at: datetime, *, act: Act) -> None:
    """Clocks due before the wished hour stand still until it; the wish is the evidence. The application's row is held."""
    earlier = [
        clock
        for clock in await _clocks.open_clocks(application)
        if clock.kind in _MEASURED_BY_VISITS and clock.due_at is not None and act.now < clock.due_at < at
    ]
    if not earlier:
        return
    wish = say_moment(at, policy.current())
    row = await pauses.begin(application, "customer_reason", wish, act=act, until=at)
    for clock in earlier:
        await _clocks.pause(clock, row, now=act.now)
    await record(
        application, "paused_for_wish", act=act, facts={"reason": "customer_reason", "visit_at": wish}
    )


async def withdraw(application: ConnectionApplication, *, act: Act) -> None:
    """The customer chose another hour: what waited for the old one runs again before the new one is judged."""
    for row in await Pause.filter(application_id=application.id, ended_at=None, until__isnull=False):
        await pauses.lift(row, now=act.now)


async def resume_next(*, now: datetime, real_now: datetime) -> bool:
    """One pause whose hour has come is lifted; False when there is none."""
    act = Act.system(now=now, real_now=real_now)
    async with in_transaction():
        due = (
            ConnectionApplication.filter(pauses__ended_at=None, pauses__until__lte=now)
            .order_by("pauses__until")
            .limit(1)
        )
        application = await due.select_for_update(skip_locked=True, of=("applications",)).first()
        if application is None:
            return False
        row = await Pause.filter(application_id=application.id, ended_at=None, until__lte=now).first()
        if row is not None and await pauses.lift(row, now=now):
            await record(application, "resumed", act=act)
        return True
