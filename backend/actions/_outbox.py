"""Queues messages to people, in the transaction of what they tell."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

import orjson
from tortoise import connections

from backend.actions.act import Act
from backend.models import (
    Case,
    ConnectionApplication,
    InboxItem,
    OutboxMessage,
    PreServiceProject,
    Staff,
    Visit,
    reference,
)
from backend.rules.stages import Audience, Step
from config.messages.texts import Notice, fill, notices

_STORE = """
WITH message AS (
    INSERT INTO outbox (id, message, customer_id, staff_id, application_id, facts, priority, dedupe_key, only_channel,
        state, channel, attempts, attempt_at, held_until, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'waiting', 0, 0, $10, $11, $12)
    ON CONFLICT (dedupe_key) DO NOTHING RETURNING id, customer_id, staff_id, created_at
), item AS (
    INSERT INTO inbox_items (message_id, customer_id, staff_id, at, title, body, link)
    SELECT id, customer_id, staff_id, created_at, $13, $14, $15 FROM message WHERE $16
)
SELECT id FROM message
"""
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
        if audience == "customer":
            await _tell_customers(case, message, letters, act)
        else:
            for staff_id in await _staff(case, audience):
                await queue(Letter(message=message, facts=letters), act=act, staff_id=staff_id, case=case)


async def _tell_customers(case: Case, message: str, letters: dict[str, str], act: Act) -> None:
    """The applicant; of a project everybody who waits for it, each about their own application."""
    waiting = [case] if isinstance(case, ConnectionApplication) else await waiting_for(case)
    for application in waiting:
        own = {"number": application.number, "contact_name": application.contact_name}
        letter = Letter(message=message, facts={**letters, **own})
        await queue(letter, act=act, customer_id=application.customer_id, case=application)


async def waiting_for(project: PreServiceProject) -> list[ConnectionApplication]:
    """The applications that wait for this project to pass acceptance."""
    return await ConnectionApplication.filter(project_id=project.id, stage="awaiting_project").order_by("id")


async def queue(
    letter: Letter,
    *,
    act: Act,
    customer_id: int | None = None,
    staff_id: int | None = None,
    case: Case | None = None,
) -> OutboxMessage:
    """Queues one message to one person and puts it into the person's inbox."""
    row = message_to(letter, act=act, customer_id=customer_id, staff_id=staff_id, case=case)
    await try_store(row, notices()[letter.message], inbox=letter.inbox)
    return row


def message_to(
    letter: Letter,
    *,
    act: Act,
    customer_id: int | None = None,
    staff_id: int | None = None,
    case: Case | None = None,
) -> OutboxMessage:
    """The message as it will be stored; nothing is written."""
    notice = notices()[letter.message]
    application = case if isinstance(case, ConnectionApplication) else None
    return OutboxMessage(
        id=uuid4(),
        message=letter.message,
        customer_id=customer_id,
        staff_id=staff_id,
        application_id=application.id if application else None,
        facts={**letter.facts, "link": _link_to(notice, letter, case)},
        priority=PRIORITY[notice.kind],
        only_channel=letter.only,
        attempt_at=act.real_now,
        created_at=act.now,
    )


async def store_all(rows: Sequence[OutboxMessage]) -> None:
    """Writes new messages without a key, and the inbox has each, in two statements."""
    items = [
        InboxItem(
            message_id=row.id,
            customer_id=row.customer_id,
            staff_id=row.staff_id,
            at=row.created_at,
            title=fill(notices()[row.message].title, row.facts)[:100],
            body=fill(notices()[row.message].body, row.facts),
            link=row.facts["link"],
        )
        for row in rows
    ]
    await OutboxMessage.bulk_create(rows)
    await InboxItem.bulk_create(items)


async def try_store(row: OutboxMessage, notice: Notice, *, inbox: bool = True) -> bool:
    """Writes a new message, and the in-app inbox has it, whatever the channels do; False when its key is there already.

    A twin in flight is waited for.
    """
    message = [row.id, row.message, row.customer_id, row.staff_id, row.application_id, _json(row.facts)]
    sending = [row.priority, row.dedupe_key, row.only_channel, row.attempt_at, row.held_until, row.created_at]
    shown = [fill(notice.title, row.facts)[:100], fill(notice.body, row.facts), row.facts["link"], inbox]
    stored = await connections.get("default").execute_query_dict(_STORE, message + sending + shown)
    row._saved_in_db = bool(stored)  # noqa: SLF001  written past the ORM: one statement for both rows
    return bool(stored)


def _json(facts: object) -> str:
    return orjson.dumps(facts).decode()


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


def _link_to(notice: Notice, letter: Letter, case: Case | None) -> str:
    """What the letter opens: its target, else the case itself, for a case's number or id names no task."""
    if letter.target:
        return link_of(notice, letter.target)
    if notice.link == "progress":
        return link_of(notice, case.number if isinstance(case, ConnectionApplication) else "")
    if isinstance(case, ConnectionApplication) and notice.link != "tasks":
        return f"/m/applications/{case.number}"
    if case is not None and notice.link != "tasks":
        return f"/m/projects/{case.id}"
    return "/m/tasks"


async def _staff(case: Case, audience: Audience) -> list[int]:
    """Which staff an audience is for this case."""
    if audience == "manager":
        return [case.manager_id] if case.manager_id else []
    if audience == "visitor":
        booked = await Visit.filter(**reference(case), state="booked").order_by("-id").first()
        return [booked.staff_id] if booked and booked.staff_id else []
    return await supervisors_of(case)


async def supervisors_of(case: Case) -> list[int]:
    """The supervisors of the manager's department, or all of them where there is no manager or none for it."""
    manager = await Staff.get_or_none(id=case.manager_id) if case.manager_id else None
    return await supervisors_of_department(manager.department if manager else None)


async def supervisors_of_department(department: str | None) -> list[int]:
    """A department's supervisors, or all of them where it has none."""
    everyone = Staff.filter(active=True, roles__contains=["supervisor"])
    own = await everyone.filter(department=department).values_list("id", flat=True) if department else []
    return list(own or await everyone.values_list("id", flat=True))  # type: ignore[arg-type]  # flat values are ids
