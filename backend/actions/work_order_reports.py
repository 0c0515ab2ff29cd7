"""What the engineering system (工程管理系统) reports of a work order."""

from dataclasses import dataclass
from typing import Literal

from tortoise.transactions import in_transaction

from backend.actions import work_orders
from backend.actions.act import Act
from backend.actions.locks import lock_project
from backend.actions.work_orders import Report
from backend.models import PreServiceProject, WorkOrder, WorkProgress
from backend.rules.errors import NotFound
from config.partners import partners


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkOrderReport:
    """One revision, and the state it has reached."""

    partner: str
    work_order: str
    revision: int
    state: Literal["accepted", "started", "completed"]
    note: str | None = None


async def take(report: WorkOrderReport, *, act: Act) -> WorkOrder:
    """Moves the work order; what was reported before changes nothing.

    Raises NotFound, NotAllowed (out of order, or superseded by a newer revision), InvalidField (completed again after a
    failed acceptance without a word on the defects).
    """
    async with in_transaction():
        found = await WorkOrder.get_or_none(number=report.work_order, revision=report.revision)
        if found is None:
            raise NotFound
        project = await lock_project(found.project_id)
        order = await WorkOrder.get(id=found.id)
        if _is_known(report, order, project):
            return order
        order = await _move(report, order, act)
        if report.note:
            await WorkProgress.create(
                work_order_id=order.id, note=report.note, document_ids=[], by_staff_id=None, at=act.now
            )
        return order


def _is_known(report: WorkOrderReport, order: WorkOrder, project: PreServiceProject) -> bool:
    """A completed order whose project builds again is being rectified: completed then is news."""
    rectifying = order.stage == "completed" and project.stage == "building"
    return order.stage == report.state and not rectifying


async def _move(report: WorkOrderReport, order: WorkOrder, act: Act) -> WorkOrder:
    which = (report.work_order, report.revision)
    if report.state == "accepted":
        crew = order.crew or partners().partners[report.partner].name
        return await work_orders.accept(*which, crew, None, act=act)
    if report.state == "started":
        return await work_orders.start(*which, act=act)
    remedy = Report(note=report.note) if report.note else None
    return await work_orders.complete(*which, act=act, remedy=remedy)
