"""The working days of a year are known only from the State Council's notice; somebody must enter it."""

from datetime import timedelta

from backend.actions import _outbox
from backend.actions.act import Act
from backend.models import Staff
from config import calendar, policy

_AHEAD = timedelta(days=45)  # in December the next year, in January the one that has begun


async def warn(*, act: Act) -> bool:
    """Asks the supervisors to complete the calendar; False when the year that counts is there."""
    year = (act.now.astimezone(policy.current().tz) + _AHEAD).year
    if calendar.knows(year) or calendar.completed(year):
        return False
    letter = _outbox.Letter(message="calendar_incomplete", facts={"year": str(year)})
    for supervisor in await Staff.filter(active=True, roles__contains=["supervisor"]):
        await _outbox.queue(letter, act=act, staff_id=supervisor.id)
    return True
