"""Permits for road excavation and greening; the manager does it all, the customer never has to act (§1.1-3)."""

from collections.abc import Sequence

from tortoise.transactions import in_transaction

from backend.actions import assignments, documents
from backend.actions.act import Act
from backend.actions.locks import lock_project
from backend.actions.record import record
from backend.actions.visits import check_own
from backend.models import Permit, PreServiceProject
from backend.rules.errors import NotAllowed


async def collect(project_id: int, document_ids: Sequence[int], *, act: Act) -> PreServiceProject:
    """The papers for the authority are together. Raises NotFound, Forbidden, NotAllowed, InvalidField."""
    async with in_transaction():
        project, permit = await _open_permit(project_id, "permit_papers_collected", act)
        await _keep(project, permit, document_ids, act)
        permit.papers_collected_at = act.now
        await permit.save()
        await record(project, "permit_papers_collected", act=act)
        return project


async def grant(
    project_id: int, reference: str, *, act: Act, document_ids: Sequence[int] = ()
) -> PreServiceProject:
    """A small one is filed, a large one approved: building may begin. Raises NotFound, Forbidden, NotAllowed, InvalidField."""
    async with in_transaction():
        project, permit = await _open_permit(project_id, "permit_granted", act)
        await _keep(project, permit, document_ids, act)
        permit.granted_at, permit.reference = act.now, reference
        await permit.save()
        project.contractor_id = project.contractor_id or await assignments.least_busy(
            "contractor", now=act.now
        )
        await project.save(update_fields=["contractor_id"])
        await record(project, "permit_granted", act=act, facts={"size": permit.size, "reference": reference})
        return project


async def _open_permit(project_id: int, event: str, act: Act) -> tuple[PreServiceProject, Permit]:
    project = await lock_project(project_id)
    check_own(project, act)
    permit = await Permit.filter(project_id=project.id, granted_at=None).first()
    if permit is None:
        raise NotAllowed(stage=project.stage, event=event)
    return project, permit


async def _keep(project: PreServiceProject, permit: Permit, document_ids: Sequence[int], act: Act) -> None:
    await documents.attach_to_case(project, document_ids, act=act)
    permit.document_ids = [*permit.document_ids, *document_ids]
