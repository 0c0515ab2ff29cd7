"""Queues messages to people, in the transaction of what they tell."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from backend.actions.act import Act
from backend.models import Case, ConnectionApplication, InboxItem, OutboxMessage, Staff
from backend.rules.stages import Audience, Step
from config.messages.texts import Notice, fill, notices

PRIORITY = {"emergency": 0, "breach": 1, "task": 2, "answer": 3, "reminder": 4, "digest": 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A message and its facts. `target` is what its link opens.

    `only` names the one channel to use, where a message goes out on several at once; then `inbox` is true for just one
    of them.
    """

    message: str
    facts: dict[str, str]
    target: str = ""
    only: str | None = None
    inbox: bool = True


async def put(case: Case, step: Step, letters: dict[str, str], *, act: Act) -> None:
    """One row per person and message of the step."""
    for audience, message in step.tells:
        for customer_id, staff_id in await _people(case, audience):
            letter = Letter(message=message, facts=letters)
            await queue(letter, act=act, customer_id=customer_id, staff_id=staff_id, case=case)


async def queue(
    letter: Letter,
    *,
    act: Act,
    customer_id: int | None = None,
    staff_id: int | None = None,
    case: Case | None = None,
) -> OutboxMessage:
    """Queues one message to one person and puts it into the person's inbox."""
    notice = notices()[letter.message]
    application = case if isinstance(case, ConnectionApplication) else None
    target = letter.target or (application.number if application else "")
    row = await OutboxMessage.create(
        id=uuid4(),
        message=letter.message,
        customer_id=customer_id,
        staff_id=staff_id,
        application_id=application.id if application else None,
        facts={**letter.facts, "link": link_of(notice, target)},
        priority=PRIORITY[notice.kind],
        only_channel=letter.only,
        attempt_at=act.real_now,
        created_at=act.now,
    )
    if letter.inbox:
        await put_into_inbox(row, notice, at=act.now)
    return row


async def put_into_inbox(row: OutboxMessage, notice: Notice, *, at: datetime) -> None:
    """The in-app inbox always has it, whatever the channels do."""
    await InboxItem.create(
        message_id=row.id,
        customer_id=row.customer_id,
        staff_id=row.staff_id,
        at=at,
        title=fill(notice.title, row.facts)[:100],
        body=fill(notice.body, row.facts),
        link=row.facts["link"],
    )


def link_of(notice: Notice, target: str) -> str:
    """The path a message opens: the customer's progress, a task on the phone, the list of tasks, or a case."""
    paths = {
        "progress": f"/m/progress/{target}",
        "task": f"/m/tasks/{target}",
        "tasks": "/m/tasks",
        "case": f"/m/applications/{target}",
        "project": f"/m/projects/{target}",
    }
    return paths[notice.link]


async def _people(case: Case, audience: Audience) -> list[tuple[int | None, int | None]]:
    """Who an audience is for this case, as (customer, staff)."""
    if audience == "customer":
        return [(case.customer_id, None)] if isinstance(case, ConnectionApplication) else []
    if audience == "manager":
        return [(None, case.manager_id)] if case.manager_id else []
    return [(None, staff_id) for staff_id in await supervisors_of(case)]


async def supervisors_of(case: Case) -> list[int]:
    """The supervisors of the manager's department, or all of them where there is no manager or none for it."""
    everyone = Staff.filter(active=True, roles__contains=["supervisor"])
    manager = await Staff.get_or_none(id=case.manager_id) if case.manager_id else None
    own = await everyone.filter(department=manager.department).values_list("id", flat=True) if manager else []
    return list(own or await everyone.values_list("id", flat=True))  # type: ignore[arg-type]  # flat values are ids
