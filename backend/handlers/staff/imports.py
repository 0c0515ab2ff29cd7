"""Imports of leads and households: upload and preview, start, watch, cancel, resume."""

from typing import Annotated, Literal

from pydantic import Field

from backend.actions import imports
from backend.actions.imports import Sheet
from backend.handlers.access import StaffCaller
from backend.handlers.bodies import Answer, Body, Checked, Id, Moment, NoBody, PageAnswer, PageQuery
from backend.handlers.calls import Call
from backend.handlers.doors import Doors
from backend.handlers.staff.standing import on_project, who_may
from backend.queries import imports as runs
from backend.queries.pages import Portion
from config.imports import ImportKind

doors = Doors("staff_imports", "/api/staff/imports")


class SheetBody(Body):
    """An XLSX or CSV sheet whose first row holds the headings; households need their `project_id`."""

    kind: ImportKind
    file: Annotated[bytes, Field(min_length=1)]
    file_name: Annotated[str, Field(max_length=200), Checked] = ""
    project_id: Id | None = None


class BadRowAnswer(Answer):
    """A row that is left out, by its number in the sheet."""

    row: int
    reasons: list[str]


class ImportAnswer(Answer):
    """`done` of `good` rows are in; of all `bad` ones the first are in `bad_rows`, the rest at /bad-rows."""

    id: int
    kind: ImportKind
    state: Literal["preview", "running", "done", "cancelled"]
    file_name: str
    project_id: int | None
    total: int
    good: int
    bad: int
    done: int
    created: int
    changed: int
    unchanged: int
    bad_rows: list[BadRowAnswer]
    created_at: Moment
    ended_at: Moment | None


@doors.post("/", who=who_may("import_sheet"), takes=SheetBody, answers=ImportAnswer, status=201, how="form")
async def upload_sheet(call: Call[StaffCaller, SheetBody]) -> ImportAnswer:
    """Reads a sheet and names its bad rows; nothing is imported before the start."""
    body = call.body
    sheet = Sheet(kind=body.kind, file_name=body.file_name, content=body.file, project_id=body.project_id)
    act = await on_project(call, "import_sheet", body.project_id) if body.project_id else call.act
    run = await imports.preview(sheet, act=act)
    return await _shown(run.id)


@doors.get("/<run_id:int>", who=who_may("import_sheet"), takes=NoBody, answers=ImportAnswer)
async def show_import(call: Call[StaffCaller, NoBody], run_id: int) -> ImportAnswer:  # noqa: ARG001  every door is called alike
    """How far it is."""
    return await _shown(run_id)


@doors.get(
    "/<run_id:int>/bad-rows",
    who=who_may("import_sheet"),
    takes=PageQuery,
    answers=PageAnswer[BadRowAnswer],
)
async def list_bad_rows(call: Call[StaffCaller, PageQuery], run_id: int) -> PageAnswer[BadRowAnswer]:
    """Every row that was left out, and why."""
    portion = Portion.asked(call.body.cursor, call.body.limit)
    return PageAnswer[BadRowAnswer].model_validate(await runs.list_bad_rows(run_id, portion))


@doors.post("/<run_id:int>/start", who=who_may("import_sheet"), takes=NoBody, answers=ImportAnswer)
async def start_import(call: Call[StaffCaller, NoBody], run_id: int) -> ImportAnswer:
    """Imports the good rows, in the background."""
    await imports.move(run_id, "start", act=call.act)
    return await _shown(run_id)


@doors.post("/<run_id:int>/cancel", who=who_may("import_sheet"), takes=NoBody, answers=ImportAnswer)
async def cancel_import(call: Call[StaffCaller, NoBody], run_id: int) -> ImportAnswer:
    """Stops; what is in stays in."""
    await imports.move(run_id, "cancel", act=call.act)
    return await _shown(run_id)


@doors.post("/<run_id:int>/resume", who=who_may("import_sheet"), takes=NoBody, answers=ImportAnswer)
async def resume_import(call: Call[StaffCaller, NoBody], run_id: int) -> ImportAnswer:
    """Goes on where it was stopped."""
    await imports.move(run_id, "resume", act=call.act)
    return await _shown(run_id)


async def _shown(run_id: int) -> ImportAnswer:
    return ImportAnswer.model_validate(await runs.get(run_id))
