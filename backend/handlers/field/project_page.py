"""One project on the phone: where, how long still, the next step, and its file."""

from sanic import HTTPResponse

from backend import clock
from backend.handlers.field.project_fields import sheet
from backend.handlers.field.project_steps import plan_steps
from backend.handlers.field.render import page
from backend.handlers.pages.forms import NOTHING, Draft
from backend.handlers.pages.session import Visitor
from backend.queries import inbox, projects, reach
from config.messages.project_texts import project_pages
from config.roles import roles


async def show(who: Visitor, project_id: int, *, draft: Draft = NOTHING, status: int = 200) -> HTTPResponse:
    """The project with its forms; `draft` is the one that was refused. Raises NotFound, Forbidden."""
    reached = await reach.roles_for_project(project_id, who.member, roles().of("show_project"))
    file = await projects.get(project_id, now=clock.now())
    steps = plan_steps(file, reached)
    names = [name for name in (steps.first, *steps.others) if name]
    if draft.form in names:
        names.remove(draft.form)
        names.insert(0, draft.form)
    sheets = [sheet(name, file) for name in names]
    leads = bool(sheets) and (steps.first is not None or bool(draft.form))
    return await page(
        "project.html",
        status=status,
        who=who,
        unread=await inbox.count_unread(who.member.id),
        case=file,
        first=sheets[0] if leads else None,
        others=sheets[1:] if leads else sheets,
        draft=draft,
        p=project_pages(),
        pulse=f"/m/pulse/projects/{project_id}",
        scripts=("field-form.js",),
    )
