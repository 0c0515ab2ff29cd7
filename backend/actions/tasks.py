"""Staff take on tasks and finish those that no other step finishes."""

from tortoise.transactions import in_transaction

from backend.actions import messages_review
from backend.actions._tasks import end
from backend.actions.act import Act
from backend.models import Staff, Task
from backend.rules.errors import Forbidden, NotAllowed, NotFound

FINISHED_BY_HAND = frozenset({"emergency", "call_back", "human_chat"})
"""Kinds of tasks that end when somebody says how they went."""


async def accept(task_id: int, *, act: Act) -> Task:
    """The actor has it now. Accepting again what one has already changes nothing. Raises NotFound, Forbidden, NotAllowed."""
    async with in_transaction():
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
        return task


async def finish(task_id: int, note: str, *, act: Act) -> Task:
    """Ends an emergency or a call-back with a word on how. Raises NotFound, Forbidden, NotAllowed."""
    async with in_transaction():
        task = await _lock_task(task_id, act)
        if task.kind not in FINISHED_BY_HAND or task.state != "accepted" or task.assignee_id != act.staff_id:
            raise NotAllowed(stage=task.state, event="done")
        task.facts = {**task.facts, "outcome": note}
        await task.save(update_fields=["facts"])
        await end(task, "done", now=act.now)
        if task.kind == "call_back":
            await messages_review.told_by_call(task.facts["messages"], note, now=act.now)
        return task


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
