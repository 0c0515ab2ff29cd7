"""Filing for a customer: the manager at the door, the hotline, the counters, the street canvass (§1.3, §2.2)."""

from collections.abc import Sequence
from dataclasses import replace

from backend.actions import applications
from backend.handlers.access import StaffCaller
from backend.handlers.calls import Call
from backend.handlers.doors import Doors
from backend.handlers.filing_bodies import FilingBody
from backend.handlers.staff.applications import shown
from backend.handlers.staff.case_answers import StaffApplicationAnswer
from backend.handlers.staff.standing import who_may
from backend.rules.errors import Forbidden
from backend.rules.filing import Channel, role_for_channel
from backend.rules.stages import Role
from config.roles import roles

doors = Doors("staff_filing", "/api/staff/applications")

_DOOR = "file_application"


class StaffFilingBody(FilingBody):
    """The customer's body, through which channel it came, and whether the customer agreed to being applied for."""

    channel: Channel
    street_canvass: bool = False
    on_behalf_consent: bool = False


@doors.post(
    "/", who=who_may(_DOOR), takes=StaffFilingBody, answers=StaffApplicationAnswer, status=201, once=True
)
async def file_application(call: Call[StaffCaller, StaffFilingBody]) -> StaffApplicationAnswer:
    """Files an application for a customer."""
    body = call.body
    filing = body.filing(
        body.channel, street_canvass=body.street_canvass, on_behalf_consent=body.on_behalf_consent
    )
    role = filing_role(body.channel, call.who.member.roles)
    filed = await applications.accept(filing, act=replace(call.act, by=role))
    return await shown(call, filed.number)


def filing_role(channel: Channel, own: Sequence[str]) -> Role:
    """In which of their roles a member files through this channel. Raises Forbidden."""
    role = role_for_channel(channel, [role for role in roles().of(_DOOR) if role in own])
    if role is None:
        raise Forbidden
    return role
