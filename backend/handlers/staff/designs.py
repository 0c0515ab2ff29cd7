"""The designer's desk: survey, pressure, drawings and their revision (§1.1-2, §1.1-5, §2.1-2)."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from backend.actions import designs
from backend.actions.designs import Drawings, SurveyFindings
from backend.handlers.access import StaffCaller
from backend.handlers.bodies import Body, Ids, NoBody, OptionalText, Text
from backend.handlers.calls import Call
from backend.handlers.doors import Doors
from backend.handlers.filing_bodies import Flow
from backend.handlers.staff.project_answers import StaffProjectAnswer
from backend.handlers.staff.projects import shown
from backend.handlers.staff.standing import on_project, who_may

doors = Doors("staff_designs", "/api/staff/projects")

Metres = Annotated[Decimal, Field(ge=0, le=100000, decimal_places=2)]


class SurveyBody(Body):
    """Road excavation in metres, zero for none; flow in m³ an hour. Without pressure a resident site needs a `note`."""

    pressure_ok: bool
    excavation_metres: Metres
    hourly_flow_m3: Flow | None = None
    note: OptionalText = None


class DrawingsBody(Body):
    """The drawings as uploaded, and the quantities they ask for."""

    document_ids: Ids
    quantities: Text

    def drawings(self) -> Drawings:
        return Drawings(document_ids=self.document_ids, quantities=self.quantities)


@doors.post(
    "/<project_id:int>/survey", who=who_may("survey"), takes=SurveyBody, answers=StaffProjectAnswer, once=True
)
async def survey(call: Call[StaffCaller, SurveyBody], project_id: int) -> StaffProjectAnswer:
    """Records what was measured on site; the scheme and the size of the permit follow."""
    act = await on_project(call, "survey", project_id)
    body = call.body
    findings = SurveyFindings(
        pressure_ok=body.pressure_ok,
        excavation_metres=body.excavation_metres,
        hourly_flow_m3=body.hourly_flow_m3,
        note=body.note or "",
    )
    await designs.survey(project_id, findings, act=act)
    return await shown(call, project_id)


@doors.post(
    "/<project_id:int>/pressure-restored",
    who=who_may("restore_pressure"),
    takes=NoBody,
    answers=StaffProjectAnswer,
)
async def restore_pressure(call: Call[StaffCaller, NoBody], project_id: int) -> StaffProjectAnswer:
    """The area's pressure meets the design requirement now: design goes on."""
    act = await on_project(call, "restore_pressure", project_id)
    await designs.restore_pressure(project_id, act=act)
    return await shown(call, project_id)


@doors.post(
    "/<project_id:int>/drawings",
    who=who_may("issue_drawings"),
    takes=DrawingsBody,
    answers=StaffProjectAnswer,
)
async def issue_drawings(call: Call[StaffCaller, DrawingsBody], project_id: int) -> StaffProjectAnswer:
    """Issues the drawings: the work order is generated, and the permit begins where a road is dug up."""
    act = await on_project(call, "issue_drawings", project_id)
    await designs.issue(project_id, call.body.drawings(), act=act)
    return await shown(call, project_id)


@doors.post(
    "/<project_id:int>/revised-drawings",
    who=who_may("revise_drawings"),
    takes=DrawingsBody,
    answers=StaffProjectAnswer,
)
async def revise_drawings(call: Call[StaffCaller, DrawingsBody], project_id: int) -> StaffProjectAnswer:
    """Answers a change of quantity with revised drawings and a new work-order revision."""
    act = await on_project(call, "revise_drawings", project_id)
    await designs.revise(project_id, call.body.drawings(), act=act)
    return await shown(call, project_id)
