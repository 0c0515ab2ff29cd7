"""The project an application waits for, as its customer sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from backend.models import PreServiceProject
from backend.queries.stage_list import StageItem, list_stages
from backend.queries.timeline import Step
from backend.rules.stages import PROJECT
from config.messages.texts import words

T = TypeVar("T", bound=Step)
Hold = tuple[str, str, datetime]
"""Reason, note and beginning of a pause."""


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


def view(kind: str, stage: str, scheme: str | None, hold: Hold | None, steps: Sequence[Step]) -> ProjectView:
    """The project as it stands, with the steps that were taken."""
    return ProjectView(
        kind=kind,
        stage=stage,
        stages=list_stages(PROJECT, stage, steps),
        scheme=scheme_called(scheme),
        hold=_hold(*hold) if hold else None,
    )


def scheme_of(row: PreServiceProject) -> SchemeView | None:
    """None before the survey."""
    return scheme_called(row.scheme)


def scheme_called(key: str | None) -> SchemeView | None:
    return SchemeView(key=key, name=words().schemes[key]) if key else None


def until_accepted(events: Sequence[T]) -> list[T]:
    """What happened up to acceptance: what comes after is between the company and its contractor."""
    end = next((place for place, event in enumerate(events) if event.stage in PROJECT.final), len(events))
    return list(events[: end + 1])


def _hold(reason: str, note: str, since: datetime) -> HoldView:
    return HoldView(reason=reason, reason_name=words().pause_reasons[reason], note=note, since=since)
