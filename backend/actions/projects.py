"""A project's way from lead to the designer, and its pauses (§1.1-1, §2.1-1, §1.2-3)."""

from collections.abc import Sequence

from tortoise.transactions import in_transaction

from backend.actions import _clocks, assignments, documents
from backend.actions.act import Act
from backend.actions.locks import lock_project
from backend.actions.record import record
from backend.actions.visits import check_own
from backend.models import Document, Pause, PreServiceProject, Staff
from backend.rules import papers
from backend.rules.clocks import PauseReason
from backend.rules.errors import InvalidField, NotAllowed
from config.documents import catalogue


async def capture(project_id: int, document_ids: Sequence[int], *, act: Act) -> PreServiceProject:
    """The manager brings papers of the site. Raises NotFound, Forbidden, NotAllowed, InvalidField."""
    async with in_transaction():
        project = await lock_project(project_id)
        check_own(project, act)
        await documents.attach_to_case(project, document_ids, act=act)
        await record(project, "papers_received", act=act)
        return project


async def hand_off(
    project_id: int, *, act: Act, document_ids: Sequence[int] = (), designer_id: int | None = None
) -> PreServiceProject:
    """Passes the site to the designer: the design clock, for shops also the project's, begins (§1.1-1).

    Raises NotFound, Forbidden, NotAllowed, MissingEssentialDocument (the papers the designer needs), InvalidField.
    """
    async with in_transaction():
        project = await lock_project(project_id)
        check_own(project, act)
        await documents.attach_to_case(project, document_ids, act=act)
        present = {row.kind for row in await Document.filter(project_id=project.id)}
        wanted = [
            paper for paper in catalogue().project_papers if paper.customer_kind == project.customer_kind
        ]
        papers.check_essential([paper for paper in wanted if paper.key not in present])
        project.designer_id = (
            await _check_designer(designer_id)
            if designer_id
            else await assignments.least_busy("designer", now=act.now)
        )
        await project.save(update_fields=["designer_id"])
        resident = project.customer_kind == "resident"
        await record(project, "handed_off_resident" if resident else "handed_off_small", act=act)
        return project


async def pause(
    project_id: int, reason: PauseReason, note: str, *, act: Act, document_ids: Sequence[int] = ()
) -> PreServiceProject:
    """All clocks of the project stand still. Raises NotFound, Forbidden, NotAllowed, InvalidField."""
    async with in_transaction():
        project = await lock_project(project_id)
        check_own(project, act)
        await documents.attach_to_case(project, document_ids, act=act)
        await hold(project, reason, note, act=act)
        await record(project, "paused", act=act, facts={"reason": reason, "note": note})
        return project


async def resume(project_id: int, note: str | None, *, act: Act) -> PreServiceProject:
    """The project's clocks run again. Raises NotFound, Forbidden, NotAllowed."""
    async with in_transaction():
        project = await lock_project(project_id)
        check_own(project, act)
        if (
            project.stage == "waiting_pressure"
        ):  # only pressure ends this pause, else the site would wait for ever
            raise NotAllowed(stage=project.stage, event="resumed", sentence="pressure_first")
        await release(project, act=act)
        await record(project, "resumed", act=act, facts={"note": note})
        return project


async def hold(project: PreServiceProject, reason: PauseReason, note: str, *, act: Act) -> None:
    """Pauses every open clock of a project whose row is held. Raises NotAllowed when it is paused already."""
    if await Pause.exists(project_id=project.id, ended_at=None):
        raise NotAllowed(stage=project.stage, event="paused", sentence="already_paused")
    row = await Pause.create(
        project_id=project.id, reason=reason, note=note, began_at=act.now, by_staff_id=act.staff_id
    )
    for clock in await _clocks.open_clocks(project):
        await _clocks.pause(clock, row, now=act.now)


async def release(project: PreServiceProject, *, act: Act) -> None:
    """Ends the project's pause; its row is held. Raises NotAllowed when there is none."""
    if not await release_if_held(project, act=act):
        raise NotAllowed(stage=project.stage, event="resumed", sentence="not_paused")


async def release_if_held(project: PreServiceProject, *, act: Act) -> bool:
    """Ends the project's pause, if there is one; its row is held."""
    row = await Pause.filter(project_id=project.id, ended_at=None).first()
    if row is None:
        return False
    row.ended_at = act.now
    await row.save(update_fields=["ended_at"])
    for clock in await _clocks.open_clocks(project):
        if clock.pause_id == row.id:
            await _clocks.resume(clock, now=act.now)
    return True


async def _check_designer(staff_id: int) -> int:
    """The id, of an active designer. Raises InvalidField."""
    if not await Staff.exists(id=staff_id, active=True, roles__contains=["designer"]):
        raise InvalidField(field="designer_id", sentence="unknown_designer")
    return staff_id
