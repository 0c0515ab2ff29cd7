"""The working days of a year are known only from the State Council's notice; somebody must enter it."""

from datetime import datetime, timedelta

from backend.actions import _outbox
from backend.actions.act import Act
from backend.models import Staff
from config import calendar, policy

_AHEAD = timedelta(days=45)  # in December the next year, in January the one that has begun


def missing_year(now: datetime) -> int | None:
    """The year whose working days count soon and are not known; None when all is there."""
    year = (now.astimezone(policy.current().tz) + _AHEAD).year
    return None if calendar.knows(year) or calendar.completed(year) else year


async def warn(*, act: Act) -> bool:
    """Asks the supervisors to complete the calendar; False when the year that counts is there."""
    year = missing_year(act.now)
    if year is None:
        return False
    letter = _outbox.Letter(message="calendar_incomplete", facts={"year": str(year)})
    for supervisor in await Staff.filter(active=True, roles__contains=["supervisor"]):
        await _outbox.queue(letter, act=act, staff_id=supervisor.id)
    return True
