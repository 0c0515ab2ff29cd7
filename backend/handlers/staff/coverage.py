"""Administrators say who covers which district, and in which order duty officers are called."""

from typing import Annotated

from pydantic import Field

from backend.actions import coverage
from backend.handlers.access import StaffCaller
from backend.handlers.bodies import Answer, Body, Ids, Name, NoBody
from backend.handlers.calls import Call
from backend.handlers.doors import Doors
from backend.handlers.staff.members import MemberLineAnswer
from backend.handlers.staff.standing import who_may
from backend.queries import staff_directory

doors = Doors("staff_coverage", "/api/staff")


class CoverBody(Body):
    """Nobody at all may be named: the district is shown as a problem then."""

    district: Name
    manager_ids: Ids


class RotaBody(Body):
    """Every duty officer once, in the order in which they are called."""

    staff_ids: Annotated[Ids, Field(min_length=1)]


class DistrictAnswer(Answer):
    """`uncovered`: nobody who is there covers it; its cases go to the least loaded manager."""

    name: str
    managers: list[MemberLineAnswer]
    uncovered: bool


class DistrictsAnswer(Answer):
    items: list[DistrictAnswer]


class RotaAnswer(Answer):
    items: list[MemberLineAnswer]


@doors.get("/districts", who=who_may("manage_coverage"), takes=NoBody, answers=DistrictsAnswer)
async def list_districts(call: Call[StaffCaller, NoBody]) -> DistrictsAnswer:
    """Who covers what."""
    return DistrictsAnswer.model_validate({"items": await staff_directory.districts(now=call.now)})


@doors.post("/districts", who=who_may("manage_coverage"), takes=CoverBody, answers=DistrictsAnswer)
async def cover(call: Call[StaffCaller, CoverBody]) -> DistrictsAnswer:
    """These managers cover a district from now on, and no others."""
    await coverage.cover(call.body.district, call.body.manager_ids, act=call.act)
    return DistrictsAnswer.model_validate({"items": await staff_directory.districts(now=call.now)})


@doors.get("/rota", who=who_may("manage_coverage"), takes=NoBody, answers=RotaAnswer)
async def show_rota(call: Call[StaffCaller, NoBody]) -> RotaAnswer:  # noqa: ARG001  every door is called alike
    """The duty officers in the order in which they are called."""
    return RotaAnswer.model_validate({"items": await staff_directory.rota()})


@doors.post("/rota", who=who_may("manage_coverage"), takes=RotaBody, answers=RotaAnswer)
async def order_rota(call: Call[StaffCaller, RotaBody]) -> RotaAnswer:
    """Another order."""
    await coverage.order_rota(call.body.staff_ids, act=call.act)
    return RotaAnswer.model_validate({"items": await staff_directory.rota()})
