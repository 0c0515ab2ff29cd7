"""Staff take on tasks and finish those that no other step finishes."""

from tortoise.transactions import in_transaction

from backend.actions import _live, _succession, messages_review
from backend.actions._tasks import end
from backend.actions.act import Act
from backend.actions.locks import lock_case
from backend.models import Staff, Task
from backend.rules.errors import Forbidden, NotAllowed, NotFound

FINISHED_BY_HAND = frozenset({"emergency", "call_back", "human_chat"})
"""Kinds of tasks that end when somebody says how they went."""


async def accept(task_id: int, *, act: Act) -> Task:
    """The actor has it now. Accepting again what one has already changes nothing. Raises NotFound, Forbidden, NotAllowed."""
    async with in_transaction():
        await _take_ownerless_case(task_id, act)
        talk = await _live.lock_of_task(task_id)
        task = await _lock_task(task_id, act)
        if task.state == "accepted" and task.assignee_id == act.staff_id:
            return task
        if task.state != "open":
            raise NotAllowed(stage=task.state, event="accepted", sentence="task_taken")
        task.state, task.accepted_at, task.assignee_id, task.climb_at = (
            "accepted",
            act.now,
            act.staff_id,
            None,
        )
        await task.save()
        if talk is not None:
            await _live.take(talk, act=act)
        return task


async def finish(task_id: int, note: str, *, act: Act) -> Task:
    """Ends an emergency or a call-back with a word on how. Raises NotFound, Forbidden, NotAllowed."""
    async with in_transaction():
        talk = await _live.lock_of_task(task_id)
        task = await _lock_task(task_id, act)
        if task.kind not in FINISHED_BY_HAND or task.state != "accepted" or task.assignee_id != act.staff_id:
            raise NotAllowed(stage=task.state, event="done")
        task.facts = {**task.facts, "outcome": note}
        await task.save(update_fields=["facts"])
        await end(task, "done", now=act.now)
        if talk is not None:
            await _live.end(talk, "agent", act=act)
        if task.kind == "call_back":
            await messages_review.told_by_call(task.facts["messages"], note, now=act.now)
        return task


async def _take_ownerless_case(task_id: int, act: Act) -> None:
    """A manager who accepts the task of a case that has no manager is its manager from then on."""
    task = await Task.get_or_none(id=task_id).prefetch_related("application", "project")
    case = (task.application or task.project) if task else None
    if act.by != "customer_manager" or task is None or case is None or task.assignee_id is not None:
        return
    case = await lock_case(case)
    if case.manager_id is None:
        by_itself = Act.system(now=act.now, real_now=act.real_now)
        await _succession.pass_manager(case, await Staff.get(id=act.staff_id), act=by_itself, note=None)


async def _lock_task(task_id: int, act: Act) -> Task:
    """A task that is the actor's own or waits for the actor's role; supervisors may take any."""
    task = await Task.select_for_update().get_or_none(id=task_id)
    if task is None:
        raise NotFound
    staff = await Staff.get(id=act.staff_id)
    own = task.assignee_id == staff.id
    waiting_for_me = task.assignee_id is None and task.role in staff.roles
    if not own and not waiting_for_me and "supervisor" not in staff.roles:
        raise Forbidden
    return task
