"""Long lists become workbooks in the background: collected in portions, written at the end, cancelled at any time."""

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import asdict
from datetime import datetime
from multiprocessing import get_context

from tortoise.transactions import in_transaction

from backend.actions.act import Act
from backend.gateways import workbooks
from backend.gateways.files import FileStore
from backend.gateways.workbooks import SheetOut
from backend.models import AuditEntry, ExportPart, ExportRun
from backend.queries import callers, export_rows
from backend.queries.callers import Member
from backend.queries.staff_cases import Search
from backend.rules.errors import NotAllowed, NotFound
from config.limits import limits
from config.messages.console_texts import console_texts
from config.roles import roles

DOOR = "export_applications"


async def begin(member: Member, search: Search, *, act: Act) -> ExportRun:
    """Starts an export of what the member's list shows for this question; who exports is noted."""
    total = await export_rows.count(member, roles().of(DOOR), search, now=act.now)
    asked = {name: value for name, value in asdict(search).items() if value}
    async with in_transaction():
        run = await ExportRun.create(asked=asked, total=total, by_staff_id=member.id, created_at=act.real_now)
        facts = {"run": run.id, "asked": asked, "rows": total}
        await AuditEntry.create(staff_id=member.id, action="applications_exported", at=act.now, facts=facts)
        return run


async def cancel(run_id: int, *, act: Act) -> None:
    """Stops one's own export; what was collected goes. Raises NotFound, NotAllowed (it has ended)."""
    async with in_transaction():
        run = await ExportRun.select_for_update().get_or_none(id=run_id, by_staff_id=act.staff_id)
        if run is None:
            raise NotFound
        if run.state != "running":
            raise NotAllowed(stage=run.state, event="cancel")
        run.state, run.ended_at = "cancelled", act.real_now
        await run.save(update_fields=["state", "ended_at"])
        await ExportPart.filter(run_id=run_id).delete()


async def export_next(*, now: datetime, real_now: datetime, files: FileStore) -> bool:
    """Collects the next portion of a running export, or writes its workbook; else forgets an old one. False: nothing to do."""
    run = await _claim(real_now)
    if run is None:
        return await _forget_next(real_now, files)
    rows, last = await _collect(run, now)
    if rows:
        await _keep(run, rows, last)
    else:
        await _finish(run, files, real_now)
    return True


async def _claim(real_now: datetime) -> ExportRun | None:
    """The oldest export that nobody works on, ours until the lease ends."""
    async with in_transaction():
        free = ExportRun.filter(state="running").order_by("id").select_for_update(skip_locked=True)
        for run in await free:
            if run.lease_until is None or run.lease_until < real_now:
                run.lease_until = real_now + limits().exports.lease
                await run.save(update_fields=["lease_until"])
                return run
    return None


async def _collect(run: ExportRun, now: datetime) -> tuple[list[export_rows.Row], int | None]:
    """Nothing more for whoever does not work here any longer."""
    member = await callers.find_member(run.by_staff_id)
    if member is None:
        return [], None
    return await export_rows.portion(
        member, roles().of(DOOR), Search(**run.asked), run.after, limits().exports.rows, now=now
    )


async def _keep(run: ExportRun, rows: list[export_rows.Row], last: int | None) -> None:
    async with _still_running(run) as fresh:
        if fresh is None:
            return
        await ExportPart.create(run_id=run.id, rows=rows)
        fresh.done += len(rows)
        fresh.after, fresh.lease_until = last, None
        await fresh.save(update_fields=["done", "after", "lease_until"])


async def _finish(run: ExportRun, files: FileStore, real_now: datetime) -> None:
    parts = await ExportPart.filter(run_id=run.id).order_by("id")
    path = await files.keep_made(await _write([row for part in parts for row in part.rows]))
    async with _still_running(run) as fresh:
        if fresh is None:
            return
        fresh.state, fresh.path, fresh.ended_at = "done", path, real_now
        await fresh.save(update_fields=["state", "path", "ended_at"])
        await ExportPart.filter(run_id=run.id).delete()


@asynccontextmanager
async def _still_running(run: ExportRun) -> AsyncIterator[ExportRun | None]:
    """The row, locked; None when it was cancelled meanwhile."""
    async with in_transaction():
        yield await ExportRun.select_for_update().get_or_none(id=run.id, state="running")


async def _write(rows: list[export_rows.Row]) -> bytes:
    """In a process of its own: a hundred thousand rows take many seconds, and reminders must not wait for them."""
    texts = console_texts()["export_columns"]
    sheet = SheetOut(title=console_texts()["exports"]["sheet"], headings=list(texts.values()), rows=rows)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as writer:
        return await asyncio.get_running_loop().run_in_executor(writer, workbooks.write, [sheet])


async def _others_have(run: ExportRun) -> bool:
    """Equal content lies in the store once."""
    return await ExportRun.filter(path=run.path).exclude(id=run.id).exists()


async def _forget_next(real_now: datetime, files: FileStore) -> bool:
    """Removes an export that nobody needs any more, and its workbook."""
    old = await ExportRun.filter(created_at__lt=real_now - limits().exports.kept).order_by("id").first()
    if old is None:
        return False
    if old.path is not None and not await _others_have(old):
        await files.discard(old.path)
    await old.delete()
    return True
