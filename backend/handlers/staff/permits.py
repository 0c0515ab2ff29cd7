"""Permits for road excavation and greening; the customer never has to act (§1.1-3)."""

from typing import Annotated

from pydantic import Field

from backend.actions import permits
from backend.handlers.access import StaffCaller
from backend.handlers.bodies import Body, Checked, Ids
from backend.handlers.calls import Call
from backend.handlers.doors import Doors
from backend.handlers.staff.project_answers import StaffProjectAnswer
from backend.handlers.staff.projects import PapersBody, shown
from backend.handlers.staff.standing import on_project, who_may

doors = Doors("staff_permits", "/api/staff/projects")

Reference = Annotated[str, Field(min_length=1, max_length=60), Checked]


class PermitBody(Body):
    """The authority's reference of what was filed or approved."""

    reference: Reference
    document_ids: Ids = ()


@doors.post(
    "/<project_id:int>/permit-papers",
    who=who_may("collect_permit_papers"),
    takes=PapersBody,
    answers=StaffProjectAnswer,
)
async def collect_permit_papers(call: Call[StaffCaller, PapersBody], project_id: int) -> StaffProjectAnswer:
    """The papers for the authority are together."""
    act = await on_project(call, "collect_permit_papers", project_id)
    await permits.collect(project_id, call.body.document_ids, act=act)
    return await shown(call, project_id)


@doors.post(
    "/<project_id:int>/permit", who=who_may("grant_permit"), takes=PermitBody, answers=StaffProjectAnswer
)
async def grant_permit(call: Call[StaffCaller, PermitBody], project_id: int) -> StaffProjectAnswer:
    """A small one is filed, a large one approved: building may begin."""
    act = await on_project(call, "grant_permit", project_id)
    body = call.body
    await permits.grant(project_id, body.reference, act=act, document_ids=body.document_ids)
    return await shown(call, project_id)
