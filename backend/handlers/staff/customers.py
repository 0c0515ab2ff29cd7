"""The same person again: what is known of a caller, and their earlier cases (domain §7)."""

from backend.actions import audit
from backend.handlers.access import StaffCaller
from backend.handlers.bodies import Answer, Body, Phone
from backend.handlers.calls import Call
from backend.handlers.doors import Doors
from backend.handlers.progress_answers import SummaryAnswer
from backend.handlers.staff.standing import who_may
from backend.queries import known_customers

doors = Doors("staff_customers", "/api/staff/customers")


class PhoneQuery(Body):
    phone: Phone


class KnownAnswer(Answer):
    """What a form can be filled with; empty where nobody has this phone. `verified`: the platform vouched for it."""

    phone: str
    verified: bool
    contact_name: str | None
    customer_kind: str | None
    addresses: list[str]
    agent_name: str | None
    applications: list[SummaryAnswer]


@doors.get("/", who=who_may("find_customer"), takes=PhoneQuery, answers=KnownAnswer)
async def find_customer(call: Call[StaffCaller, PhoneQuery]) -> KnownAnswer:
    """By the phone somebody calls from or gives; who looks is noted."""
    await audit.note_search(call.body.phone, act=call.act)
    return KnownAnswer.model_validate(await known_customers.find(call.body.phone, now=call.now))
