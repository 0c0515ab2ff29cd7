"""Projects on the phone of whoever designs, builds, inspects or looks after them: find, look, act."""

from sanic import Blueprint, HTTPResponse, Request

from backend import clock
from backend.actions import audit
from backend.handlers.bodies import Body
from backend.handlers.field import project_page, signing
from backend.handlers.field.project_acts import FORMS, ProjectForm
from backend.handlers.field.render import page
from backend.handlers.pages import forms, session
from backend.handlers.pages.failures import sentence_of
from backend.handlers.pages.session import Visitor
from backend.queries import inbox, project_desks, reach
from backend.queries import projects as files
from backend.queries.pages import Portion
from backend.queries.project_desks import ProjectSearch
from backend.queries.projects import ProjectFile
from backend.rules.errors import DomainError, NotFound
from config.limits import limits
from config.messages.project_texts import project_pages
from config.roles import roles

routes = Blueprint("field_projects", url_prefix="/m/projects")


@routes.get("/")
async def search(request: Request) -> HTTPResponse:
    """The projects within the visitor's reach, newest first, or those that are looked for."""
    who = await session.visitor(request)
    text = (request.args.get("query") or "").strip()[:100].replace("\x00", "")
    found = await project_desks.list_projects(
        who.member,
        roles().of("list_projects"),
        ProjectSearch(text=text or None),
        Portion.asked(request.args.get("cursor"), limits().pages.usual),
        now=clock.now(),
    )
    return await page(
        "projects.html",
        who=who,
        unread=await inbox.count_unread(who.member.id),
        found=found,
        query=text,
        p=project_pages(),
    )


@routes.get("/<project_id:int>")
async def look(request: Request, project_id: int) -> HTTPResponse:
    """One project; who reads it is noted."""
    who = await session.visitor(request)
    role = await reach.role_for_project(project_id, who.member, roles().of("show_project"))
    await audit.note_project_reading(project_id, act=who.act_now(role))
    return await project_page.show(who, project_id)


@routes.post("/<project_id:int>/<name:str>")
async def act(request: Request, project_id: int, name: str) -> HTTPResponse:
    """One of the page's forms; refused, the page comes back with what was typed."""
    who = await session.sender(request)
    form = FORMS.get(name)
    if form is None:
        raise NotFound
    try:
        await _perform(request, who, project_id, name, form)
    except DomainError as error:
        if forms.by_script(request):
            raise
        if name == "sign":
            return await signing.show(who, project_id, message=sentence_of(error), status=422)
        return await project_page.show(who, project_id, draft=forms.refused(name, request, error), status=422)
    return forms.led_on(request, _after(project_id, name))


def _after(project_id: int, name: str) -> str:
    """Where the form leads: one signature to the next."""
    return f"/m/projects/{project_id}{'/signing' if name == 'sign' else ''}"


async def _perform(request: Request, who: Visitor, project_id: int, name: str, form: ProjectForm) -> None:
    role = await reach.role_for_project(project_id, who.member, roles().of(form.door))
    body = forms.read(form.shape, request)
    _check_belongs(await files.get(project_id, now=clock.now()), body)
    await forms.once(
        request, who, f"{name}:{project_id}", lambda: form.perform(project_id, body, who.act_now(role))
    )


def _check_belongs(file: ProjectFile, body: Body) -> None:
    """What the form carries unseen is of this project. Raises NotFound."""
    known: dict[str, set[int] | set[str]] = {
        "visit_id": {visit.id for visit in file.visits},
        "round_id": {one.id for one in file.acceptance_rounds},
        "settlement_id": {one.id for one in file.settlements},
        "number": {order.number for order in file.work_orders},
        "revision": {order.revision for order in file.work_orders},
    }
    for name, own in known.items():
        given = getattr(body, name, None)
        if given is not None and given not in own:
            raise NotFound
