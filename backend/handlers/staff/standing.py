"""In which role a member of staff comes to a case: the door's roles, and within whose reach the case lies."""

from typing import TypeVar

from pydantic import BaseModel

from backend.actions.act import Act
from backend.handlers import access
from backend.handlers.access import Guard, StaffCaller
from backend.handlers.calls import Call
from backend.queries import pause_desk, reach
from config.roles import StaffRole, roles

B = TypeVar("B", bound=BaseModel)


def who_may(door: str) -> Guard[StaffCaller]:
    """Lets in whoever has a role for this door."""
    return access.staff(*roles().of(door))


async def on_application(call: Call[StaffCaller, B], door: str, number: str) -> Act:
    """The caller's act on an application of theirs. Raises NotFound, Forbidden."""
    return _act(call, await reach.role_for_application(number, call.who.member, roles().of(door)))


async def on_project(call: Call[StaffCaller, B], door: str, project_id: int) -> Act:
    """The caller's act on a project of theirs. Raises NotFound, Forbidden."""
    return _act(call, await reach.role_for_project(project_id, call.who.member, roles().of(door)))


async def on_visit(call: Call[StaffCaller, B], door: str, visit_id: int) -> Act:
    """The caller's act on a visit of a case of theirs. Raises NotFound, Forbidden."""
    return _act(call, await reach.role_for_visit(visit_id, call.who.member, roles().of(door)))


async def on_pause(call: Call[StaffCaller, B], door: str, pause_id: int) -> Act:
    """The caller's act on a pause of a case of theirs. Raises NotFound, Forbidden."""
    return _act(call, await pause_desk.role_for_pause(pause_id, call.who.member, roles().of(door)))


def _act(call: Call[StaffCaller, B], role: StaffRole) -> Act:
    return StaffCaller(member=call.who.member, role=role).act(now=call.now, real_now=call.real_now)
