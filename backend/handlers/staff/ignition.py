"""Turning the gas on, or finding that it cannot be turned on today (§1.3-1, §2.2-1)."""

from backend.actions import ignition
from backend.actions.ignition import AttemptReason
from backend.handlers.access import StaffCaller
from backend.handlers.bodies import Body, Ids, Name, Text
from backend.handlers.calls import Call
from backend.handlers.doors import Doors
from backend.handlers.staff.applications import shown
from backend.handlers.staff.case_answers import StaffApplicationAnswer
from backend.handlers.staff.standing import on_application, who_may

doors = Doors("staff_ignition", "/api/staff/applications")


class IgnitionBody(Body):
    meter_number: Name
    document_ids: Ids = ()


class AttemptBody(Body):
    reason: AttemptReason
    note: Text
    document_ids: Ids = ()


@doors.post(
    "/<number:str>/ignition", who=who_may("ignite"), takes=IgnitionBody, answers=StaffApplicationAnswer
)
async def ignite(call: Call[StaffCaller, IgnitionBody], number: str) -> StaffApplicationAnswer:
    """Records that the gas burns."""
    act = await on_application(call, "ignite", number)
    await ignition.ignite(number, call.body.meter_number, act=act, document_ids=call.body.document_ids)
    return await shown(call, number)


@doors.post(
    "/<number:str>/ignition-attempts",
    who=who_may("fail_attempt"),
    takes=AttemptBody,
    answers=StaffApplicationAnswer,
)
async def fail_attempt(call: Call[StaffCaller, AttemptBody], number: str) -> StaffApplicationAnswer:
    """Records why the gas could not be turned on; a pause is a call of its own."""
    act = await on_application(call, "fail_attempt", number)
    await ignition.fail_attempt(
        number, call.body.reason, call.body.note, act=act, document_ids=call.body.document_ids
    )
    return await shown(call, number)
