"""The contractor's desk: the newest work order from acceptance to completion (§1.1-4, §1.1-5, §2.1-3)."""

from typing import Annotated

from pydantic import Field

from backend.actions import work_orders
from backend.actions.act import Act
from backend.actions.work_orders import Report
from backend.handlers.access import StaffCaller
from backend.handlers.bodies import Body, Checked, Ids, MomentIn, NoBody, OptionalText, Text
from backend.handlers.calls import Call
from backend.handlers.doors import Doors
from backend.handlers.staff.project_answers import StaffProjectAnswer
from backend.handlers.staff.projects import shown
from backend.handlers.staff.standing import on_project, who_may
from backend.queries import building_work

doors = Doors("staff_work_orders", "/api/staff")

Crew = Annotated[str, Field(min_length=1, max_length=60), Checked]


class AcceptBody(Body):
    """Who builds, and by when the contract wants it."""

    crew: Crew
    contract_due_at: MomentIn | None = None


class ReportBody(Body):
    note: Text
    document_ids: Ids = ()

    def report(self) -> Report:
        return Report(note=self.note, document_ids=self.document_ids)


class CompleteBody(Body):
    """`rectification` says how the defects of a failed acceptance were put right; the photos show it."""

    rectification: OptionalText = None
    document_ids: Ids = ()

    def remedy(self) -> Report | None:
        """None where nothing had to be put right."""
        if self.rectification is None:
            return None
        return Report(note=self.rectification, document_ids=self.document_ids)


@doors.post(
    "/work-orders/<number:str>/<revision:int>/accept",
    who=who_may("accept_work_order"),
    takes=AcceptBody,
    answers=StaffProjectAnswer,
)
async def accept_work_order(
    call: Call[StaffCaller, AcceptBody], number: str, revision: int
) -> StaffProjectAnswer:
    """Takes the order and names the crew."""
    project_id, act = await _on_order(call, "accept_work_order", number, revision)
    await work_orders.accept(number, revision, call.body.crew, call.body.contract_due_at, act=act)
    return await shown(call, project_id)


@doors.post(
    "/work-orders/<number:str>/<revision:int>/start",
    who=who_may("start_work"),
    takes=NoBody,
    answers=StaffProjectAnswer,
)
async def start_work(call: Call[StaffCaller, NoBody], number: str, revision: int) -> StaffProjectAnswer:
    """Work begins."""
    project_id, act = await _on_order(call, "start_work", number, revision)
    await work_orders.start(number, revision, act=act)
    return await shown(call, project_id)


@doors.post(
    "/work-orders/<number:str>/<revision:int>/progress",
    who=who_may("report_progress"),
    takes=ReportBody,
    answers=StaffProjectAnswer,
    once=True,
)
async def report_progress(
    call: Call[StaffCaller, ReportBody], number: str, revision: int
) -> StaffProjectAnswer:
    """What the crew reports, with photos."""
    project_id, act = await _on_order(call, "report_progress", number, revision)
    await work_orders.report(number, revision, call.body.report(), act=act)
    return await shown(call, project_id)


@doors.post(
    "/work-orders/<number:str>/<revision:int>/complete",
    who=who_may("complete_work"),
    takes=CompleteBody,
    answers=StaffProjectAnswer,
)
async def complete_work(
    call: Call[StaffCaller, CompleteBody], number: str, revision: int
) -> StaffProjectAnswer:
    """The work is done, or put right: the inspector's turn."""
    project_id, act = await _on_order(call, "complete_work", number, revision)
    await work_orders.complete(number, revision, act=act, remedy=call.body.remedy())
    return await shown(call, project_id)


@doors.post(
    "/projects/<project_id:int>/change-requests",
    who=who_may("ask_for_change"),
    takes=ReportBody,
    answers=StaffProjectAnswer,
    once=True,
)
async def ask_for_change(call: Call[StaffCaller, ReportBody], project_id: int) -> StaffProjectAnswer:
    """The quantities differ from the design; inside a community's red line the site manager says so."""
    act = await on_project(call, "ask_for_change", project_id)
    await work_orders.ask_for_change(project_id, call.body.report(), act=act)
    return await shown(call, project_id)


async def _on_order(call: Call[StaffCaller, Body], door: str, number: str, revision: int) -> tuple[int, Act]:
    """The order's project and the caller's act on it. Raises NotFound, Forbidden."""
    project_id = await building_work.get_project_of(number, revision)
    return project_id, await on_project(call, door, project_id)
