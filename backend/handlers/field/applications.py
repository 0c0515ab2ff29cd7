"""Applications on the phone: find, look, act."""

from sanic import Blueprint, HTTPResponse, Request

from backend import clock
from backend.actions import audit
from backend.handlers.field import case_page
from backend.handlers.field.acts import FORMS, Form
from backend.handlers.field.render import page
from backend.handlers.pages import forms, session
from backend.handlers.pages.session import Visitor
from backend.queries import desks, inbox, reach, staff_cases
from backend.queries.desks import TaskView
from backend.queries.pages import Portion
from backend.queries.staff_cases import Search
from backend.rules.errors import DomainError, NotFound
from config.limits import limits
from config.roles import roles

routes = Blueprint("field_applications", url_prefix="/m/applications")

_LARGEST_ID = 2**63 - 1


@routes.get("/")
async def search(request: Request) -> HTTPResponse:
    """The applications within the visitor's reach, newest first, or those that are looked for."""
    who = await session.visitor(request)
    text = (request.args.get("query") or "").strip()[:100].replace("\x00", "")
    found = await staff_cases.list_cases(
        who.member,
        roles().of("list_applications"),
        Search(text=text or None),
        Portion.asked(request.args.get("cursor"), limits().pages.usual),
        now=clock.now(),
    )
    return await page(
        "applications.html",
        who=who,
        unread=await inbox.count_unread(who.member.id),
        found=found,
        query=text,
    )


@routes.get("/<number:str>")
async def look(request: Request, number: str) -> HTTPResponse:
    """One application; who reads it is noted."""
    who = await session.visitor(request)
    role = await reach.role_for_application(number, who.member, roles().of("show_application"))
    await audit.note_reading(number, act=who.act_now(role))
    return await case_page.show(who, number)


@routes.post("/<number:str>/<name:str>")
async def act(request: Request, number: str, name: str) -> HTTPResponse:
    """One of the page's forms; refused, the page comes back with what was typed."""
    who = await session.sender(request)
    form, task = FORMS.get(name), await _task(request, who)
    if form is None:
        raise NotFound
    try:
        await _perform(request, who, number, name, form)
    except DomainError as error:
        if forms.by_script(request):
            raise
        draft = forms.refused(name, request, error)
        return await case_page.show(who, number, task=task, draft=draft, status=422)
    return forms.led_on(request, f"/m/tasks/{task.id}" if task else f"/m/applications/{number}")


async def _perform(request: Request, who: Visitor, number: str, name: str, form: Form) -> None:
    role = await reach.role_for_application(number, who.member, roles().of(form.door))
    body = forms.read(form.shape, request)
    visit_id = getattr(body, "visit_id", None)
    if visit_id is not None:
        await reach.role_for_visit(visit_id, who.member, roles().of(form.door))
    await forms.once(request, who, f"{name}:{number}", lambda: form.perform(number, body, who.act_now(role)))


async def _task(request: Request, who: Visitor) -> TaskView | None:
    """The task from whose page the form came."""
    given = session.sent(request, "task_id")
    if not given.isascii() or not given.isdigit() or int(given[:20]) > _LARGEST_ID:
        return None
    return await desks.get_task(int(given), who.member)
