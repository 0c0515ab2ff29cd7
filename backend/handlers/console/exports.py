"""The applications of a list as a workbook: begun here, watched, cancelled, fetched."""

from sanic import Blueprint, HTTPResponse, Request

from backend.actions import exports
from backend.gateways import workbooks
from backend.handlers.console import desk, flash
from backend.handlers.console.applications import CasesForm
from backend.handlers.console.render import fragment, page
from backend.handlers.pages import forms
from backend.handlers.services import services_of
from backend.queries import exports as runs
from backend.rules.errors import NotAllowed, NotFound

routes = Blueprint("console_exports", url_prefix="/console/exports")


@routes.get("/")
async def list_exports(request: Request) -> HTTPResponse:
    """One's own, newest first, each with how far it is."""
    who = await desk.visitor(request, exports.DOOR)
    return await page(request, who, "exports/list.html", exports=await runs.list_own(who.member.id))


@routes.get("/now")
async def show_now(request: Request) -> HTTPResponse:
    """The same as it is now."""
    who = await desk.visitor(request, exports.DOOR)
    return await fragment(request, who, "exports/table.html", exports=await runs.list_own(who.member.id))


@routes.post("/")
async def begin(request: Request) -> HTTPResponse:
    """Of what the list's form asks."""
    who = await desk.sender(request, exports.DOOR)
    search = forms.read(CasesForm, request).search()
    await forms.once(request, who, "export", lambda: exports.begin(who.member, search, act=who.act_now()))
    return flash.done("/console/exports", "export_begun")


@routes.post("/<run_id:int>/cancel")
async def cancel(request: Request, run_id: int) -> HTTPResponse:
    """Stops it."""
    who = await desk.sender(request, exports.DOOR)
    try:
        await exports.cancel(run_id, act=who.act_now())
    except NotAllowed:
        return flash.done("/console/exports", "export_ended")
    return flash.done("/console/exports", "export_cancelled")


@routes.get("/<run_id:int>/workbook")
async def fetch(request: Request, run_id: int) -> HTTPResponse:
    """The finished workbook."""
    who = await desk.visitor(request, exports.DOOR)
    path = await runs.get_path(run_id, who.member.id)
    try:
        content = await services_of(request).gateways.files.read(path)
    except FileNotFoundError:
        raise NotFound from None
    headers = {
        "Content-Disposition": f'attachment; filename="applications-{run_id}.xlsx"',
        "Cache-Control": "private, no-store",
    }
    return HTTPResponse(content, headers=headers, content_type=workbooks.TYPE)
