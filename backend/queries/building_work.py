"""What has been built for a project: work orders in all revisions, progress, changes of quantity."""

from dataclasses import dataclass
from datetime import datetime

from backend.models import ChangeRequest, WorkOrder, WorkProgress
from backend.queries.file_parts import PersonView, person_of
from backend.rules.errors import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressView:
    """One report from the site."""

    note: str
    document_ids: tuple[int, ...]
    by: PersonView | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkOrderView:
    """One revision of the work order (派工单); only the `newest` may be worked on (§1.1-5)."""

    number: str
    revision: int
    newest: bool
    stage: str
    stage_at: datetime
    crew: str | None
    contract_due_at: datetime | None
    issued_at: datetime
    progress: tuple[ProgressView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeView:
    """A change of quantity; `drawn` once the designer has answered it."""

    id: int
    reason: str
    document_ids: tuple[int, ...]
    by: PersonView | None
    at: datetime
    drawn: bool


async def get_project_of(number: str, revision: int) -> int:
    """The project a work order belongs to. Raises NotFound."""
    for row in await WorkOrder.filter(number=number):
        if row.revision == revision:
            return row.project_id
    raise NotFound


async def work_orders(project_id: int) -> tuple[WorkOrderView, ...]:
    """Every revision, oldest first."""
    rows = await WorkOrder.filter(project_id=project_id).order_by("revision")
    return tuple([await _order(row, newest=row is rows[-1]) for row in rows])


async def changes(project_id: int) -> tuple[ChangeView, ...]:
    """Oldest first."""
    rows = await ChangeRequest.filter(project_id=project_id).order_by("id").prefetch_related("by_staff")
    return tuple(
        ChangeView(
            id=row.id,
            reason=row.reason,
            document_ids=tuple(row.document_ids),
            by=person_of(row.by_staff),
            at=row.at,
            drawn=row.design_id is not None,
        )
        for row in rows
    )


async def _order(row: WorkOrder, *, newest: bool) -> WorkOrderView:
    reports = await WorkProgress.filter(work_order_id=row.id).order_by("id").prefetch_related("by_staff")
    return WorkOrderView(
        number=row.number,
        revision=row.revision,
        newest=newest,
        stage=row.stage,
        stage_at=row.stage_at,
        crew=row.crew,
        contract_due_at=row.contract_due_at,
        issued_at=row.issued_at,
        progress=tuple(
            ProgressView(
                note=one.note, document_ids=tuple(one.document_ids), by=person_of(one.by_staff), at=one.at
            )
            for one in reports
        ),
    )
