"""Queues messages to people, in the transaction of what they tell."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from backend.actions._storing import NewMessage, store
from backend.actions.act import Act
from backend.models import (
    Case,
    ConnectionApplication,
    PreServiceProject,
    Staff,
    Visit,
    reference,
)
from backend.rules.stages import Audience, Step
from config.messages.texts import Notice, notices

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


async def put(case: Case, told: Sequence[tuple[Step, dict[str, str]]], *, act: Act) -> None:
    """One row per person and message of the steps, in one statement."""
    messages: list[NewMessage] = []
    for step, letters in told:
        for audience, message in step.tells:
            if audience == "customer":
                messages += await _to_customers(case, message, letters, act)
            else:
                letter = Letter(message=message, facts=letters)
                people = await _staff(case, audience)
                messages += [_about(case, letter, act=act, staff_id=person) for person in people]
    if messages:
        await store(messages)


async def _to_customers(case: Case, message: str, letters: dict[str, str], act: Act) -> list[NewMessage]:
    """To the applicant; of a project to everybody who waits for it, each about their own application."""
    waiting = [case] if isinstance(case, ConnectionApplication) else await waiting_for(case)
    return [
        _about(
            application,
            Letter(
                message=message,
                facts={**letters, "number": application.number, "contact_name": application.contact_name},
            ),
            act=act,
            customer_id=application.customer_id,
        )
        for application in waiting
    ]


def _about(
    case: Case | None,
    letter: Letter,
    *,
    act: Act,
    customer_id: int | None = None,
    staff_id: int | None = None,
) -> NewMessage:
    """The letter to one person, with what it opens."""
    return message_to(
        letter,
        act=act,
        link=_link_to(notices()[letter.message], letter, case),
        customer_id=customer_id,
        staff_id=staff_id,
        application_id=case.id if isinstance(case, ConnectionApplication) else None,
    )


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
) -> UUID:
    """Queues one message to one person and puts it into the person's inbox; its id."""
    row = _about(case, letter, act=act, customer_id=customer_id, staff_id=staff_id)
    await store([row], inbox=letter.inbox)
    return row.id


def message_to(
    letter: Letter,
    *,
    act: Act,
    link: str,
    customer_id: int | None = None,
    staff_id: int | None = None,
    application_id: int | None = None,
) -> NewMessage:
    """The message as it will be stored; nothing is written."""
    return NewMessage(
        id=uuid4(),
        message=letter.message,
        customer_id=customer_id,
        staff_id=staff_id,
        application_id=application_id,
        facts={**letter.facts, "link": link},
        priority=PRIORITY[notices()[letter.message].kind],
        only_channel=letter.only,
        attempt_at=act.real_now,
        created_at=act.now,
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


def link_to_application(number: str) -> str:
    """The path of an application's page for staff."""
    return f"/m/applications/{number}"


def _link_to(notice: Notice, letter: Letter, case: Case | None) -> str:
    """What the letter opens: its target, else the case itself, for a case's number or id names no task."""
    if letter.target:
        return link_of(notice, letter.target)
    if notice.link == "progress":
        return link_of(notice, case.number if isinstance(case, ConnectionApplication) else "")
    if isinstance(case, ConnectionApplication) and notice.link != "tasks":
        return link_to_application(case.number)
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
