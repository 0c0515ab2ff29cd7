"""Tasks at the desk: the list by deadline, and one task to accept or finish."""

from typing import Literal

from sanic import Blueprint, HTTPResponse, Request

from backend.actions import tasks
from backend.handlers.console import desk, flash
from backend.handlers.console.render import page
from backend.handlers.pages import forms
from backend.handlers.pages.forms import NOTHING, Draft
from backend.handlers.pages.session import Visitor
from backend.handlers.staff.tasks import FinishBody
from backend.queries import desks
from backend.queries.desks import TaskView
from backend.queries.pages import Portion
from backend.rules.errors import DomainError
from config.limits import limits

routes = Blueprint("console_tasks", url_prefix="/console/tasks")


@routes.get("/")
async def list_tasks(request: Request) -> HTTPResponse:
    """What is to be done, the most urgent first; or what was done, newest first."""
    who = await desk.visitor(request, "list_tasks")
    state: Literal["open", "done"] = "done" if request.args.get("state") == "done" else "open"
    found = await desks.list_tasks(
        who.member, state, Portion.asked(request.args.get("cursor"), limits().pages.usual)
    )
    return await page(request, who, "tasks/list.html", found=found, state=state)


@routes.get("/<task_id:int>")
async def show_task(request: Request, task_id: int) -> HTTPResponse:
    """One task with what can be done about it."""
    who = await desk.visitor(request, "show_task")
    return await _shown(request, who, await desks.get_task(task_id, who.member))


@routes.post("/<task_id:int>/accept")
async def accept(request: Request, task_id: int) -> HTTPResponse:
    """Takes the task on."""
    who = await desk.sender(request, "accept_task")
    task = await desks.get_task(task_id, who.member)
    try:
        await tasks.accept(task_id, act=who.act_now())
    except DomainError as error:
        draft = forms.refused("accept", request, error)
        return await _shown(request, who, task, draft=draft, status=422)
    return flash.done(f"/console/tasks/{task_id}", "task_accepted")


@routes.post("/<task_id:int>/finish")
async def finish(request: Request, task_id: int) -> HTTPResponse:
    """Ends an emergency, a call-back or a talk with a word on how it went."""
    who = await desk.sender(request, "finish_task")
    task = await desks.get_task(task_id, who.member)
    try:
        note = forms.read(FinishBody, request).note
        await forms.once(
            request, who, f"finish:{task_id}", lambda: tasks.finish(task_id, note, act=who.act_now())
        )
    except DomainError as error:
        draft = forms.refused("finish", request, error)
        return await _shown(request, who, task, draft=draft, status=422)
    return flash.done(f"/console/tasks/{task_id}", "task_finished")


async def _shown(
    request: Request, who: Visitor, task: TaskView, *, draft: Draft = NOTHING, status: int = 200
) -> HTTPResponse:
    by_hand = task.kind in tasks.FINISHED_BY_HAND
    return await page(request, who, "tasks/task.html", status=status, task=task, by_hand=by_hand, draft=draft)
