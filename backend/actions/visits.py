"""Appointments: book, move, check in, nobody at home."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tortoise.expressions import Q, Subquery
from tortoise.transactions import in_transaction

from backend.actions import documents, wishes
from backend.actions.act import Act
from backend.actions.locks import lock_application, lock_case, lock_project
from backend.actions.record import record
from backend.models import Case, ConnectionApplication, PreServiceProject, Staff, Visit
from backend.rules.clocks import OPEN
from backend.rules.errors import Forbidden, NotAllowed, NotFound
from backend.rules.filing import check_visit_time
from backend.rules.wording import say_moment
from config import policy

_ARRIVED = {"visit": "checked_in", "survey": "survey_begun"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn:
    """What a manager brings from the door: the place, and papers or photos."""

    latitude: float | None = None
    longitude: float | None = None
    document_ids: Sequence[int] = ()


async def book(number: str, at: datetime, *, act: Act) -> Visit:
    """Books the next visit, or moves the one that is booked. Raises NotFound, NotAllowed, InvalidField."""
    async with in_transaction():
        application = await lock_application(number)
        booked = await Visit.get_or_none(application_id=application.id, state="booked")
        if booked is not None:
            await _move(application, booked, at, act)
            return booked
        check_visit_time(at, field="at", now=act.now, policy=policy.current())
        visit = await Visit.create(
            application_id=application.id, at=at, staff_id=application.manager_id, booked_at=act.now
        )
        await record(application, "visit_booked", act=act, facts=await _facts(visit))
        if act.by == "customer":
            await wishes.wait_until(application, at, act=act)
        return visit


async def reschedule(number: str, visit_id: int, at: datetime, *, act: Act) -> ConnectionApplication:
    """The customer, or staff for them, moves a booked visit. Raises NotFound, NotAllowed, InvalidField."""
    async with in_transaction():
        application = await lock_application(number)
        visit = await Visit.get_or_none(
            Q(application_id=application.id) | Q(project_id=application.project_id), id=visit_id
        )
        if visit is None:
            raise NotFound
        if visit.project_id is not None:
            await lock_project(visit.project_id)
        if visit.state != "booked":
            raise NotAllowed(stage=application.stage, event="visit_moved")
        await _move(await case_of(visit), visit, at, act)
        return application


async def check_in(visit_id: int, arrival: CheckIn, *, act: Act) -> Visit:
    """The manager is at the door; it may be before the booked hour. Raises NotFound, Forbidden, NotAllowed.

    Who waits for the project and is met at its site has had their first visit too.
    """
    async with in_transaction():
        waiting = await _lock_who_is_met(visit_id)
        case, visit = await _lock_visit(visit_id, "checked_in", act)
        await documents.attach_to_case(case, arrival.document_ids, act=act)
        visit.state, visit.checked_in_at = "done", act.now
        visit.latitude, visit.longitude = arrival.latitude, arrival.longitude
        await visit.save()
        facts = await _facts(visit)
        for met in (case, *waiting):
            await record(met, _ARRIVED[visit.purpose], act=act, facts=facts)
        return visit


async def no_show(visit_id: int, note: str, *, act: Act) -> Visit:
    """Nobody was at home; the customer is asked for a new hour (domain §7). Raises NotFound, Forbidden, NotAllowed."""
    async with in_transaction():
        case, visit = await _lock_visit(visit_id, "no_show", act)
        visit.state, visit.note = "no_show", note
        await visit.save()
        await record(case, "no_show", act=act, facts={**await _facts(visit), "note": note})
        return visit


async def book_for_project(project_id: int, at: datetime, *, act: Act) -> Visit:
    """Books the manager's visit or the designer's survey at a site, or moves it. Raises NotFound, NotAllowed, InvalidField."""
    purpose = "survey" if act.by == "designer" else "visit"
    async with in_transaction():
        project = await lock_project(project_id)
        check_own(project, act)
        booked = await Visit.get_or_none(project_id=project.id, purpose=purpose, state="booked")
        if booked is not None:
            await _move(project, booked, at, act)
            return booked
        check_visit_time(at, field="at", now=act.now, policy=policy.current())
        visit = await Visit.create(
            project_id=project.id, purpose=purpose, at=at, staff_id=act.staff_id, booked_at=act.now
        )
        await record(project, f"{purpose}_booked", act=act, facts=await _facts(visit))
        return visit


async def case_of(visit: Visit) -> Case:
    """The application or project a visit is for."""
    if visit.application_id is not None:
        return await ConnectionApplication.get(id=visit.application_id)
    return await PreServiceProject.get(id=visit.project_id)


async def _move(case: Case, visit: Visit, at: datetime, act: Act) -> None:
    if visit.at == at:
        return  # the same button pressed twice: nobody is told of a change that is none
    check_visit_time(at, field="at", now=act.now, policy=policy.current())
    visit.at = at
    await visit.save(update_fields=["at"])
    await record(case, "visit_moved", act=act, facts=await _facts(visit))
    if act.by == "customer" and isinstance(case, ConnectionApplication):
        await wishes.withdraw(case, act=act)
        await wishes.wait_until(case, at, act=act)


async def _lock_who_is_met(visit_id: int) -> list[ConnectionApplication]:
    """The applications of whoever the manager meets at a project's site, unless they have an hour of their own."""
    visit = await Visit.get_or_none(id=visit_id, purpose="visit", project_id__isnull=False)
    if visit is None:
        return []
    project = await PreServiceProject.get(id=visit.project_id)
    with_own_hour = Visit.filter(application__project_id=project.id, state="booked")
    met = ConnectionApplication.filter(
        project_id=project.id,
        stage="awaiting_project",
        contact_phone=project.contact_phone,
        manager_id=project.manager_id,
        clocks__kind="first_visit",
        clocks__state__in=list(OPEN),
    ).exclude(id__in=Subquery(with_own_hour.values("application_id")))
    return await met.order_by("id").select_for_update(of=("applications",))


async def _lock_visit(visit_id: int, event: str, act: Act) -> tuple[Case, Visit]:
    """The visit of a case that is the actor's, the case's row held first."""
    found = await Visit.get_or_none(id=visit_id)
    if found is None:
        raise NotFound
    case = await lock_case(await case_of(found))
    check_own(case, act)
    visit = await Visit.get(id=visit_id)
    if visit.state != "booked":
        raise NotAllowed(stage=case.stage, event=event)
    return case, visit


def check_own(case: Case, act: Act) -> None:
    """Managers and designers act on their own cases, supervisors on any. Raises Forbidden."""
    if act.by == "customer_manager" and case.manager_id != act.staff_id:
        raise Forbidden
    if act.by == "designer" and (isinstance(case, ConnectionApplication) or case.designer_id != act.staff_id):
        raise Forbidden


async def _facts(visit: Visit) -> dict[str, object]:
    """The appointment for its texts; whoever surveys is not the manager, and is the one whom the customer may call."""
    facts: dict[str, object] = {"visit_id": visit.id, "visit_at": say_moment(visit.at, policy.current())}
    if visit.purpose == "survey" and visit.staff_id is not None:
        designer = await Staff.get(id=visit.staff_id)
        facts |= {"manager_name": designer.name, "manager_phone": designer.phone}
    return facts
