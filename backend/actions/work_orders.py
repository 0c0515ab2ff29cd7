"""Building to the newest work order (派工单, §1.1-4, §1.1-5, §2.1-3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tortoise.transactions import in_transaction

from backend.actions import _engineering, documents
from backend.actions.act import Act
from backend.actions.locks import lock_project
from backend.actions.record import record
from backend.models import (
    AcceptanceRound,
    ChangeRequest,
    Defect,
    Design,
    PreServiceProject,
    Task,
    WorkOrder,
    WorkProgress,
)
from backend.rules.errors import Forbidden, InvalidField, NotAllowed, NotFound
from backend.rules.stages import NEW, WORK_ORDER
from config import policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What the site reports, with photos."""

    note: str
    document_ids: Sequence[int] = ()


async def issue(project: PreServiceProject, design: Design, *, act: Act) -> WorkOrder:
    """The work order of a design; an older revision is superseded. The project's row is held."""
    older = await WorkOrder.filter(project_id=project.id).exclude(stage="superseded").first()
    if older is not None:
        await _move(older, "superseded", act)
    day = project.opened_at.astimezone(policy.current().tz)
    order = await WorkOrder.create(
        number=older.number if older else f"PG{day:%Y%m%d}{project.id:04d}",
        revision=design.revision,
        project_id=project.id,
        design_id=design.id,
        stage=NEW,
        stage_at=act.now,
        crew=older.crew if older else None,
        contract_due_at=older.contract_due_at if older else project.contract_due_at,
        issued_at=act.now,
    )
    await _move(order, "issued", act)
    facts = {"work_order": order.number, "revision": order.revision}
    await record(project, "work_order_issued", act=act, facts=facts)
    return order


async def accept(number: str, revision: int, crew: str, due: datetime | None, *, act: Act) -> WorkOrder:
    """The contractor takes the order and names the crew and the contract's date. Raises NotFound, Forbidden, NotAllowed."""
    async with in_transaction():
        project, order = await _lock_order(number, revision, act)
        order.crew, order.contract_due_at = crew, due or order.contract_due_at
        await order.save()
        await _move(order, "accepted", act)
        project.contract_due_at = order.contract_due_at
        await project.save(update_fields=["contract_due_at"])
        building = Task.filter(project_id=project.id, kind="build", state__in=["open", "accepted"])
        await building.update(due_at=project.contract_due_at)
        await record(project, "work_order_accepted", act=act, facts={"work_order": number, "crew": crew})
        return order


async def start(number: str, revision: int, *, act: Act) -> WorkOrder:
    """Work begins; permits must be there. Raises NotFound, Forbidden, NotAllowed."""
    async with in_transaction():
        project, order = await _lock_order(number, revision, act)
        await _move(order, "started", act)
        await record(project, "work_started", act=act, facts={"work_order": number, "crew": order.crew or ""})
        return order


async def report(number: str, revision: int, news: Report, *, act: Act) -> WorkProgress:
    """Progress with photos. Raises NotFound, Forbidden, NotAllowed, InvalidField."""
    async with in_transaction():
        project, order = await _lock_order(number, revision, act)
        if order.stage != "started":
            raise NotAllowed(stage=order.stage, event="work_progressed")
        await documents.attach_to_case(project, news.document_ids, act=act)
        await record(project, "work_progressed", act=act, facts={"work_order": number, "note": news.note})
        return await WorkProgress.create(
            work_order_id=order.id,
            note=news.note,
            document_ids=list(news.document_ids),
            by_staff_id=act.staff_id,
            at=act.now,
        )


async def complete(number: str, revision: int, *, act: Act, remedy: Report | None = None) -> WorkOrder:
    """The work is done, or what acceptance found is put right (`remedy` says how): the inspector's turn.

    Raises NotFound, Forbidden, NotAllowed (a change is not drawn yet), InvalidField (defects without a word on them).
    """
    async with in_transaction():
        project, order = await _lock_order(number, revision, act)
        if await ChangeRequest.exists(project_id=project.id, design_id=None):
            raise NotAllowed(stage=order.stage, event="completed", sentence="change_not_drawn")
        await _put_defects_right(project, remedy, act)
        if order.stage != "completed":
            await _move(order, "completed", act)
        await record(project, "work_completed", act=act, facts={"work_order": number})
        return order


async def ask_for_change(project_id: int, news: Report, *, act: Act) -> ChangeRequest:
    """The quantities differ from the design (§1.1-5; inside the red line the site manager's, §2.1-3).

    Raises NotFound, Forbidden, NotAllowed, InvalidField.
    """
    async with in_transaction():
        project = await lock_project(project_id)
        await documents.attach_to_case(project, news.document_ids, act=act)
        await record(project, "change_requested", act=act, facts={"note": news.note})
        return await ChangeRequest.create(
            project_id=project.id,
            reason=news.note,
            document_ids=list(news.document_ids),
            by_staff_id=act.staff_id,
            at=act.now,
        )


async def _put_defects_right(project: PreServiceProject, remedy: Report | None, act: Act) -> None:
    rounds = await AcceptanceRound.filter(project_id=project.id).values_list("id", flat=True)
    defects = Defect.filter(acceptance_id__in=list(rounds), rectified_at=None)
    if not await defects.exists():
        return
    if remedy is None:
        raise InvalidField(field="rectification", sentence="rectification_missing")
    await documents.attach_to_case(project, remedy.document_ids, act=act)
    await defects.update(
        rectified_at=act.now,
        rectification=remedy.note,
        rectification_document_ids=list(remedy.document_ids),
    )


async def _lock_order(number: str, revision: int, act: Act) -> tuple[PreServiceProject, WorkOrder]:
    """The newest revision, its project's row held. An older revision is refused: nobody may build to it."""
    found = await WorkOrder.get_or_none(number=number, revision=revision)
    if found is None:
        raise NotFound
    project = await lock_project(found.project_id)
    order = await WorkOrder.get(id=found.id)
    if order.stage == "superseded":
        raise NotAllowed(stage=order.stage, event="work", sentence="work_order_superseded")
    if act.by == "contractor" and project.contractor_id not in (None, act.staff_id):
        raise Forbidden
    return project, order


async def _move(order: WorkOrder, event: str, act: Act) -> None:
    step = WORK_ORDER.step(order.stage, event, act.by)
    order.stage, order.stage_at = step.to or order.stage, act.now
    await order.save(update_fields=["stage", "stage_at"])
    await _engineering.push(order, act=act)
