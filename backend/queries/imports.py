"""How far an import is, and which rows were bad."""

from dataclasses import dataclass
from datetime import datetime

from tortoise.expressions import Subquery

from backend.models import ImportRun, PreServiceProject, Settlement
from backend.queries.pages import Page, Portion, page_of
from backend.rules.errors import NotFound
from backend.rules.sheets import BadRow

_SHOWN = 100
_LATEST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportView:
    """Of `total` rows `good` can be taken and `done` are; `bad_rows` are the first of `bad`."""

    id: int
    kind: str
    state: str
    file_name: str
    project_id: int | None
    total: int
    good: int
    bad: int
    done: int
    created: int
    changed: int
    unchanged: int
    bad_rows: tuple[BadRow, ...]
    created_at: datetime
    ended_at: datetime | None


async def get(run_id: int) -> ImportView:
    """Raises NotFound."""
    return _view(await _find(run_id))


def _view(run: ImportRun) -> ImportView:
    bad = _bad_rows(run)
    refused_late = run.good + len(bad) - run.total  # by what only the writing could tell
    return ImportView(
        id=run.id,
        kind=run.kind,
        state=run.state,
        file_name=run.file_name,
        project_id=run.project_id,
        total=run.total,
        good=run.good,
        bad=len(bad),
        done=run.done,
        created=run.created,
        changed=run.changed,
        unchanged=run.done - run.created - run.changed - refused_late,
        bad_rows=bad[:_SHOWN],
        created_at=run.created_at,
        ended_at=run.ended_at,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteView:
    """A site whose households can be archived: its project passed acceptance, the settlement its review (§2.1-3)."""

    project_id: int
    name: str


async def latest() -> tuple[ImportView, ...]:
    """The newest runs, newest first."""
    rows = await ImportRun.all().order_by("-id").limit(_LATEST)
    return tuple(_view(run) for run in rows)


async def sites_for_households() -> tuple[SiteView, ...]:
    """The newest sites that wait for their household files, or have some."""
    approved = Subquery(Settlement.filter(state="approved").values("project_id"))
    ready = PreServiceProject.filter(id__in=approved, customer_kind="resident", stage="accepted")
    rows = await ready.order_by("-id").limit(_SHOWN).prefetch_related("site")
    return tuple(SiteView(project_id=row.id, name=row.site.name) for row in rows)


async def list_bad_rows(run_id: int, portion: Portion) -> Page[BadRow]:
    """All of them, in the order of the sheet. Raises NotFound, InvalidField for a cursor we did not make."""
    after = portion.after_id() or 0
    found = [one for one in _bad_rows(await _find(run_id)) if one.row > after]
    return page_of(found[: portion.limit + 1], portion, lambda one: (one.row,))


async def _find(run_id: int) -> ImportRun:
    run = await ImportRun.get_or_none(id=run_id)
    if run is None:
        raise NotFound
    return run


def _bad_rows(run: ImportRun) -> tuple[BadRow, ...]:
    rows = sorted(run.bad_rows, key=lambda one: int(one["row"]))
    return tuple(BadRow(row=one["row"], reasons=tuple(one["reasons"])) for one in rows)
