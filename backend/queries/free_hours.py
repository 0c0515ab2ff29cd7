"""When a case's manager can come."""

from datetime import datetime

from backend.models import ConnectionApplication, Visit
from backend.rules import free_hours
from config import policy


async def of_case(number: str, *, now: datetime) -> tuple[datetime, ...]:
    """Hours to offer, in the policy's zone; the case's own booked hour is not among them."""
    application = await ConnectionApplication.get(number=number)
    until = now + policy.current().visits.book_ahead
    booked = Visit.filter(state="booked", at__gte=now - policy.current().visits.window, at__lte=until)
    mine = booked.filter(application_id=application.id)
    whose = booked.filter(staff_id=application.manager_id) if application.manager_id else mine
    taken = [visit.at for visit in [*await whose, *await mine]]
    return free_hours.free_hours(taken, now=now, policy=policy.current())
