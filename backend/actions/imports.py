"""Imports of sheets: judged first, then written in portions that can be interrupted and resumed (§2.1-3)."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, cast

from tortoise.transactions import in_transaction

from backend.actions import _import_rows
from backend.actions.act import Act
from backend.actions.locks import lock_project
from backend.gateways import sheets
from backend.models import AuditEntry, ImportRun, ImportSheet, PreServiceProject, Settlement
from backend.rules.errors import InvalidField, NotAllowed, NotFound
from backend.rules.sheets import Judged, judge
from backend.rules.stages import Role
from config.imports import ImportKind, imports
from config.partners import partners

Verb = Literal["start", "cancel", "resume"]

_STEPS: dict[Verb, tuple[frozenset[str], str]] = {
    "start": (frozenset({"preview"}), "running"),
    "cancel": (frozenset({"preview", "running"}), "cancelled"),
    "resume": (frozenset({"cancelled"}), "running"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A file as it was uploaded; `project_id` says whose households they are."""

    kind: ImportKind
    file_name: str
    content: bytes
    project_id: int | None = None


async def preview(sheet: Sheet, *, act: Act) -> ImportRun:
    """Reads a sheet and says which rows are bad; nothing is imported yet.

    Raises NotFound, NotAllowed (the project's settlement is not approved), InvalidField, UnreadableSheet, SheetTooLarge.
    """
    await _check_target(sheet)
    judged = await asyncio.to_thread(_read, sheet)
    async with in_transaction():
        run = await ImportRun.create(
            kind=sheet.kind,
            project_id=sheet.project_id if sheet.kind == "households" else None,
            file_name=sheet.file_name,
            good=len(judged.good),
            total=len(judged.good) + len(judged.bad),
            bad_rows=[{"row": one.row, "reasons": list(one.reasons)} for one in judged.bad],
            by_staff_id=act.staff_id,
            by_role=act.by,
            created_at=act.now,
        )
        await ImportSheet.create(run_id=run.id, rows=list(judged.good))
        return run


async def move(run_id: int, verb: Verb, *, act: Act) -> None:
    """Starts, cancels or resumes a run; asked again for what it is already it stays so. Raises NotFound, NotAllowed."""
    sources, state = _STEPS[verb]
    async with in_transaction():
        run = await ImportRun.select_for_update().get_or_none(id=run_id)
        if run is None:
            raise NotFound
        if run.state == state:
            return
        if run.state not in sources:
            raise NotAllowed(stage=run.state, event=verb)
        run.state, run.ended_at = state, None if state == "running" else act.now
        await run.save(update_fields=["state", "ended_at"])
        await AuditEntry.create(
            staff_id=act.staff_id,
            action=f"import_{verb}",
            at=act.now,
            facts={"run": run_id, "kind": run.kind},
        )


async def import_next(*, now: datetime, real_now: datetime) -> bool:
    """Writes the next portion of a running import, with its checkpoint; False when none is running."""
    async with in_transaction():
        running = ImportRun.filter(state="running").order_by("id")
        run = await running.select_for_update(skip_locked=True).first()
        if run is None:
            return False
        by = cast(Role, run.by_role)
        act = Act(by=by, now=now, real_now=real_now, staff_id=run.by_staff_id)
        if run.done < run.good:
            await _import_rows.write_portion(run, act=act)
        if run.done >= run.good:
            await _finish(run, act)
        await run.save(update_fields=["done", "created", "changed", "bad_rows", "state", "ended_at"])
        return True


def _read(sheet: Sheet) -> Judged:
    return judge(sheets.read(sheet.content, imports()), sheet.kind, imports(), partners())


async def _check_target(sheet: Sheet) -> None:
    if sheet.kind == "leads":
        return
    if sheet.project_id is None:
        raise InvalidField(field="project_id", sentence="project_wanted")
    project = await PreServiceProject.get_or_none(id=sheet.project_id)
    if project is None:
        raise NotFound
    approved = await Settlement.exists(project_id=project.id, state="approved")
    if project.customer_kind != "resident" or project.stage != "accepted" or not approved:
        raise NotAllowed(stage=project.stage, event="households", sentence="households_too_early")


async def _finish(run: ImportRun, act: Act) -> None:
    run.state, run.ended_at = "done", act.now
    if run.project_id is not None:
        await _import_rows.archive(await lock_project(run.project_id), act=act)
