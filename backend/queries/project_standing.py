"""The project an application waits for, as its customer sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from backend.models import Event, Pause, PreServiceProject
from backend.queries.stage_list import StageItem, list_stages
from backend.rules.stages import PROJECT
from config.messages.texts import words


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemeView:
    """The scheme the survey led to (§1.1-2)."""

    key: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldView:
    """Why a project stands still, in whose words, and since when (§1.2-3)."""

    reason: str
    reason_name: str
    note: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectView:
    """Where the project stands; `scheme` is None before the survey, `hold` while its clocks run."""

    kind: str
    stage: str
    stages: tuple[StageItem, ...]
    scheme: SchemeView | None
    hold: HoldView | None


async def view(row: PreServiceProject, events: Sequence[Event]) -> ProjectView:
    """The project's row with its events."""
    return ProjectView(
        kind=row.customer_kind,
        stage=row.stage,
        stages=list_stages(PROJECT, row.stage, events),
        scheme=scheme_of(row),
        hold=await _hold(row.id),
    )


def scheme_of(row: PreServiceProject) -> SchemeView | None:
    """None before the survey."""
    return SchemeView(key=row.scheme, name=words().schemes[row.scheme]) if row.scheme else None


def until_accepted(events: Sequence[Event]) -> list[Event]:
    """What happened up to acceptance: what comes after is between the company and its contractor."""
    end = next((place for place, event in enumerate(events) if event.stage in PROJECT.final), len(events))
    return list(events[: end + 1])


async def _hold(project_id: int) -> HoldView | None:
    row = await Pause.get_or_none(project_id=project_id, ended_at=None)
    if row is None:
        return None
    return HoldView(
        reason=row.reason,
        reason_name=words().pause_reasons[row.reason],
        note=row.note,
        since=row.began_at,
    )
