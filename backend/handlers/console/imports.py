"""Sheets of leads and households: looked through first, then brought in while one watches, stopped when one wants."""

import csv
import io
from collections.abc import Mapping

from sanic import Blueprint, HTTPResponse, Request

from backend.actions import imports
from backend.actions.imports import Sheet, Verb
from backend.handlers import parsing
from backend.handlers.console import desk, flash
from backend.handlers.console.render import fragment, page
from backend.handlers.pages import forms
from backend.handlers.pages.forms import NOTHING, Draft
from backend.handlers.pages.session import Visitor
from backend.handlers.staff.imports import SheetBody
from backend.queries import imports as runs
from backend.queries import reach
from backend.queries.pages import Portion
from backend.rules.errors import DomainError, NotFound
from config.imports import imports as rules
from config.messages.console_texts import console_texts
from config.roles import roles

routes = Blueprint("console_imports", url_prefix="/console/imports")

_DOOR = "import_sheet"
_HOME = "/console/imports"
_VERBS: Mapping[str, Verb] = {"start": "start", "cancel": "cancel", "resume": "resume"}
_MARK = "\ufeff"  # without it office programs take the file for another encoding


@routes.get("/")
async def show(request: Request) -> HTTPResponse:
    """A sheet to choose, and the runs so far."""
    return await _home(request, await desk.visitor(request, _DOOR))


@routes.post("/")
async def upload(request: Request) -> HTTPResponse:
    """Looks a sheet through; nothing is brought in yet."""
    who = await desk.sender(request, _DOOR)
    try:
        files = request.files.getlist("file") if request.files else None
        body = parsing.validate(SheetBody, forms.typed(request) | {"file": files[-1].body if files else b""})
        if body.project_id:
            await reach.role_for_project(body.project_id, who.member, roles().of(_DOOR))
        sheet = Sheet(
            kind=body.kind,
            file_name=files[-1].name[:200] if files else "",
            content=body.file,
            project_id=body.project_id if body.kind == "households" else None,
        )
        run = await imports.preview(sheet, act=who.act_now())
    except DomainError as error:
        return await _home(request, who, draft=forms.refused("sheet", request, error), status=422)
    return flash.done(f"{_HOME}/{run.id}", "sheet_read")


@routes.get("/<run_id:int>")
async def show_run(request: Request, run_id: int) -> HTTPResponse:
    """One run: what will come in, how far it is, what was left out."""
    who = await desk.visitor(request, _DOOR)
    return await page(request, who, "imports/run.html", run=await runs.get(run_id), trouble="")


@routes.get("/<run_id:int>/state")
async def show_state(request: Request, run_id: int) -> HTTPResponse:
    """How far it is, asked again and again."""
    who = await desk.visitor(request, _DOOR)
    return await fragment(request, who, "imports/state.html", run=await runs.get(run_id))


@routes.get("/<run_id:int>/bad-rows.csv")
async def download_bad_rows(request: Request, run_id: int) -> HTTPResponse:
    """Every row that was left out, and why, for an office program."""
    await desk.visitor(request, _DOOR)
    text = console_texts()["imports"]
    found = await runs.list_bad_rows(run_id, Portion(limit=rules().most_rows))
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerow([text["row"], text["reasons"]])
    writer.writerows((one.row, "；".join(one.reasons)) for one in found.items)
    headers = {"Content-Disposition": f'attachment; filename="bad-rows-{run_id}.csv"'}
    return HTTPResponse(_MARK + sheet.getvalue(), headers=headers, content_type="text/csv; charset=utf-8")


@routes.post("/<run_id:int>/<verb:str>")
async def move(request: Request, run_id: int, verb: str) -> HTTPResponse:
    """Starts, stops, goes on."""
    who = await desk.sender(request, _DOOR)
    if verb not in _VERBS:
        raise NotFound
    try:
        await imports.move(run_id, _VERBS[verb], act=who.act_now())
    except DomainError as error:
        trouble = forms.refused(verb, request, error).message
        run = await runs.get(run_id)
        return await page(request, who, "imports/run.html", status=422, run=run, trouble=trouble)
    return flash.done(f"{_HOME}/{run_id}", f"import_{verb}")


async def _home(request: Request, who: Visitor, *, draft: Draft = NOTHING, status: int = 200) -> HTTPResponse:
    return await page(
        request,
        who,
        "imports/home.html",
        status=status,
        draft=draft,
        sites=await runs.sites_for_households(),
        columns={
            kind: [column.names[0] for column in shape.columns] for kind, shape in rules().kinds.items()
        },
        runs=await runs.latest(),
    )
