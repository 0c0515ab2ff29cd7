"""Writes a portion of an import: leads one by one, households many at a time; what is there as given stays untouched."""

from typing import Any

import orjson
from tortoise import connections
from tortoise.transactions import in_transaction

from backend.actions import leads
from backend.actions.act import Act
from backend.actions.leads import LeadNews
from backend.actions.record import record
from backend.models import HouseholdFile, ImportRun, PreServiceProject
from backend.rules.errors import DomainError
from config.imports import imports
from config.messages.texts import fill, problems

_SHEET = "sheet"  # the platform of a lead that names none

_PORTION = """
SELECT jsonb_path_query_array(rows, '$[$first to $last]', jsonb_build_object('first', $2::int, 'last', $3::int)) AS rows
FROM import_sheets WHERE run_id = $1
"""
_HOUSEHOLDS = """
INSERT INTO household_files
    (project_id, building, unit, room, contact_name, contact_phone, meter_number, created_at, changed_at)
SELECT $1, building, unit, room, contact_name, contact_phone, meter_number, $3, $3
FROM jsonb_to_recordset($2::jsonb)
    AS sheet(building text, unit text, room text, contact_name text, contact_phone text, meter_number text)
ON CONFLICT (project_id, building, unit, room) DO UPDATE
SET contact_name = excluded.contact_name, contact_phone = excluded.contact_phone,
    meter_number = excluded.meter_number, changed_at = excluded.changed_at
WHERE (household_files.contact_name, household_files.contact_phone, household_files.meter_number)
    IS DISTINCT FROM (excluded.contact_name, excluded.contact_phone, excluded.meter_number)
RETURNING xmax = 0 AS created
"""
_LINK = """
UPDATE household_files SET application_id = applications.id FROM applications
WHERE household_files.project_id = $1 AND applications.project_id = $1 AND household_files.application_id IS NULL
    AND applications.stage = 'ignited' AND applications.meter_number = household_files.meter_number
"""


async def write_portion(run: ImportRun, *, act: Act) -> None:
    """The run's row is held; its counts move on and are not saved here."""
    if run.kind == "households":
        await _write_households(run, act)
    else:
        await _write_lead(run, act)


async def archive(project: PreServiceProject, *, act: Act) -> None:
    """The first households of a project close its file (归档); ignited applications find theirs by the meter."""
    await connections.get("default").execute_query(_LINK, [project.id])
    if project.archived_at is None and await HouseholdFile.exists(project_id=project.id):
        project.archived_at = act.now
        await project.save(update_fields=["archived_at"])
        await record(project, "archived", act=act)


async def _write_households(run: ImportRun, act: Act) -> None:
    rows = await _portion(run, imports().household_chunk)
    written = await connections.get("default").execute_query_dict(
        _HOUSEHOLDS, [run.project_id, orjson.dumps(rows).decode(), act.now]
    )
    created = sum(row["created"] for row in written)
    run.done += len(rows)
    run.created += created
    run.changed += len(written) - created


async def _write_lead(run: ImportRun, act: Act) -> None:
    """One for itself: a lead locks its site, and platforms that bring leads meanwhile must not wait for hundreds."""
    [row] = await _portion(run, 1)
    run.done += 1
    try:
        async with in_transaction():
            taken = await leads.take_in(_news(row), act=act)
    except DomainError as refusal:
        facts = {name: str(value) for name, value in refusal.facts.items()}
        reason = fill(problems()[refusal.sentence], facts)
        run.bad_rows = [*run.bad_rows, {"row": int(row["row"]), "reasons": [reason]}]
        return
    run.created += taken.outcome == "created"
    run.changed += taken.outcome == "changed"


async def _portion(run: ImportRun, size: int) -> list[dict[str, str]]:
    found = await connections.get("default").execute_query_dict(
        _PORTION, [run.id, run.done, run.done + size - 1]
    )
    rows: Any = found[0]["rows"]
    return list(orjson.loads(rows) if isinstance(rows, str) else rows)


def _news(row: dict[str, str]) -> LeadNews:
    return LeadNews(
        partner=row["partner"] or _SHEET,
        external_id=row["external_id"],
        site_name=row["site_name"],
        address=row["address"],
        customer_kind=row["customer_kind"],  # type: ignore[arg-type]  # the sheet's rules let only these through
        stage=row["stage"],  # type: ignore[arg-type]  # likewise
        district=row["district"] or None,
        developer=row["developer"] or None,
        contact_name=row["contact_name"] or None,
        contact_phone=row["contact_phone"] or None,
    )
