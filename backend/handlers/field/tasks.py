"""The desk on the phone: tasks by deadline, and one task with its next step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sanic import Blueprint, HTTPResponse, Request

from backend import clock
from backend.actions import audit, tasks
from backend.handlers.field import case_page
from backend.handlers.field.render import page
from backend.handlers.pages import forms, session
from backend.handlers.pages.forms import NOTHING, Draft
from backend.handlers.pages.session import Visitor
from backend.handlers.staff.tasks import FinishBody
from backend.queries import desks, inbox
from backend.queries.desks import TaskView
from backend.queries.pages import Portion
from backend.rules.errors import DomainError
from config import policy
from config.limits import limits

routes = Blueprint("field_tasks", url_prefix="/m/tasks")


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Tasks under one heading of the list."""

    name: str
    tasks: tuple[TaskView, ...]


@routes.get("/")
async def list_tasks(request: Request) -> HTTPResponse:
    """What is to be done, the most urgent first."""
    who = await session.visitor(request)
    portion = Portion.asked(request.args.get("cursor"), limits().pages.most)
    text = (request.args.get("query") or "").strip()[:100].replace("\x00", "")
    found = await desks.list_tasks(who.member, "open", portion, text=text)
    return await page(
        "tasks.html",
        who=who,
        unread=await inbox.count_unread(who.member.id),
        groups=_grouped(found.items, clock.now()),
        next=found.next,
        query=text,
        pulse="/m/pulse",
    )


@routes.get("/<task_id:int>")
async def show_task(request: Request, task_id: int) -> HTTPResponse:
    """One task; of an application the whole of it, and who reads it is noted."""
    who = await session.visitor(request)
    task = await desks.get_task(task_id, who.member)
    if task.application_number is not None:
        await audit.note_reading(task.application_number, act=who.act_now())
    return await _shown(who, task)


@routes.post("/<task_id:int>/accept")
async def accept(request: Request, task_id: int) -> HTTPResponse:
    """Takes the task on."""
    who = await session.sender(request)
    return await _perform(request, who, task_id, "accept")


@routes.post("/<task_id:int>/finish")
async def finish(request: Request, task_id: int) -> HTTPResponse:
    """Ends an emergency, a call-back or a talk."""
    who = await session.sender(request)
    return await _perform(request, who, task_id, "finish")


async def _perform(request: Request, who: Visitor, task_id: int, name: str) -> HTTPResponse:
    task = await desks.get_task(task_id, who.member)
    try:
        if name == "accept":
            await tasks.accept(task_id, act=who.act_now())
        else:
            note = forms.read(FinishBody, request).note
            await forms.once(
                request, who, f"finish:{task_id}", lambda: tasks.finish(task_id, note, act=who.act_now())
            )
    except DomainError as error:
        if forms.by_script(request):
            raise
        return await _shown(who, task, draft=forms.refused(name, request, error), status=422)
    return forms.led_on(request, f"/m/tasks/{task_id}")


async def _shown(who: Visitor, task: TaskView, *, draft: Draft = NOTHING, status: int = 200) -> HTTPResponse:
    if task.application_number is not None and task.kind not in tasks.FINISHED_BY_HAND:
        return await case_page.show(who, task.application_number, task=task, draft=draft, status=status)
    return await page(
        "task.html",
        status=status,
        who=who,
        unread=await inbox.count_unread(who.member.id),
        task=task,
        by_hand=task.kind in tasks.FINISHED_BY_HAND,
        draft=draft,
        pulse="/m/pulse",
    )


def _grouped(found: Sequence[TaskView], now: datetime) -> list[Group]:
    """Late, today's, later and undated ones; a heading only where something stands under it."""
    groups: dict[str, list[TaskView]] = {"late": [], "today": [], "later": [], "undated": []}
    for task in found:
        groups[_group_of(task, now)].append(task)
    return [Group(name=name, tasks=tuple(tasks)) for name, tasks in groups.items() if tasks]


def _group_of(task: TaskView, now: datetime) -> str:
    zone = policy.current().tz
    if task.due_at is None:
        return "undated"
    if task.due_at < now:
        return "late"
    return "today" if task.due_at.astimezone(zone).date() == now.astimezone(zone).date() else "later"
