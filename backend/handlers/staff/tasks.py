"""What a member of staff has to do: list, look, take on, finish."""

from typing import Literal

from backend.actions import tasks
from backend.handlers.access import StaffCaller
from backend.handlers.bodies import Answer, Body, MaskedPhone, Moment, NoBody, PageAnswer, PageQuery, Text
from backend.handlers.calls import Call
from backend.handlers.doors import Doors
from backend.handlers.staff.standing import who_may
from backend.queries import desks
from backend.queries.pages import Portion

doors = Doors("staff_tasks", "/api/staff/tasks")


class TasksQuery(PageQuery):
    """`open` stands for everything that has not ended."""

    state: Literal["open", "accepted", "done", "cancelled"] = "open"


class FinishBody(Body):
    note: Text


class TaskItem(Answer):
    """One task in a list; an emergency's customer and address are its report's."""

    id: int
    kind: str
    name: str
    state: Literal["open", "accepted", "done", "cancelled"]
    role: str
    application_number: str | None
    project_id: int | None
    project_number: str | None
    stage: str | None
    customer: str | None
    contact_phone: MaskedPhone | None
    address: str | None
    opened_at: Moment
    due_at: Moment | None
    accepted_at: Moment | None
    ended_at: Moment | None
    assignee_id: int | None
    assignee_name: str | None


class TaskAnswer(TaskItem):
    """One task in full; `report` is what was reported, `outcome` how it ended."""

    contact_phone: str | None
    report: str | None
    outcome: str | None


@doors.get("/", who=who_may("list_tasks"), takes=TasksQuery, answers=PageAnswer[TaskItem])
async def list_tasks(call: Call[StaffCaller, TasksQuery]) -> PageAnswer[TaskItem]:
    """Own tasks and those that wait for one's role, the most urgent first; a supervisor's department's too."""
    portion = Portion.asked(call.body.cursor, call.body.limit)
    page = await desks.list_tasks(call.who.member, call.body.state, portion)
    return PageAnswer[TaskItem].model_validate(page)


@doors.get("/<task_id:int>", who=who_may("show_task"), takes=NoBody, answers=TaskAnswer)
async def show_task(call: Call[StaffCaller, NoBody], task_id: int) -> TaskAnswer:
    """One task of this desk."""
    return TaskAnswer.model_validate(await desks.get_task(task_id, call.who.member))


@doors.post("/<task_id:int>/accept", who=who_may("accept_task"), takes=NoBody, answers=TaskAnswer)
async def accept_task(call: Call[StaffCaller, NoBody], task_id: int) -> TaskAnswer:
    """Takes a task on."""
    await desks.get_task(task_id, call.who.member)
    await tasks.accept(task_id, act=call.act)
    return TaskAnswer.model_validate(await desks.get_task(task_id, call.who.member))


@doors.post("/<task_id:int>/finish", who=who_may("finish_task"), takes=FinishBody, answers=TaskAnswer)
async def finish_task(call: Call[StaffCaller, FinishBody], task_id: int) -> TaskAnswer:
    """Ends an emergency, a call-back or a talk with a word on how."""
    await desks.get_task(task_id, call.who.member)
    await tasks.finish(task_id, call.body.note, act=call.act)
    return TaskAnswer.model_validate(await desks.get_task(task_id, call.who.member))
