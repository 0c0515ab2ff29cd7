"""What lies in a project's file beside its works: people, papers, pauses, history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tortoise.expressions import Q

from backend.models import Event, PreServiceProject
from backend.queries import file_parts
from backend.queries.file_parts import DocumentView, PauseView, PersonView, person_of
from config.documents import Paper, catalogue
from config.messages.project_texts import project_texts
from config.messages.texts import words

PEOPLE = ("manager", "designer", "contractor", "inspector")


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerView:
    """Who does which part of a project."""

    role: str
    id: int
    name: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryView:
    """One event, those without a customer's text too."""

    at: datetime
    event: str
    title: str
    stage: str
    by_role: str
    by: PersonView | None
    facts: dict[str, Any]


def people(row: PreServiceProject) -> tuple[WorkerView, ...]:
    """The people of a row fetched with PEOPLE; a part that nobody has yet is left out."""
    found = [("customer_manager" if part == "manager" else part, getattr(row, part)) for part in PEOPLE]
    return tuple(
        WorkerView(role=role, id=person.id, name=person.name, phone=person.phone)
        for role, person in found
        if person is not None
    )


async def documents(project_id: int) -> tuple[DocumentView, ...]:
    """Papers and photos, oldest first."""
    return await file_parts.documents(Q(project_id=project_id), catalogue().project_papers)


def missing(customer_kind: str, present: Sequence[DocumentView]) -> tuple[Paper, ...]:
    """The papers the designer needs that nobody has brought yet (§1.1-1, §2.1-1)."""
    kinds = {document.kind for document in present}
    return tuple(
        paper
        for paper in catalogue().project_papers
        if paper.customer_kind == customer_kind and paper.key not in kinds
    )


async def pauses(project_id: int) -> tuple[PauseView, ...]:
    """Oldest first."""
    return await file_parts.pauses(Q(project_id=project_id))


def history(events: Sequence[Event]) -> tuple[HistoryView, ...]:
    """Rows fetched with `by_staff`, oldest first."""
    return tuple(
        HistoryView(
            at=row.at,
            event=row.name,
            title=_title(row.name),
            stage=row.stage,
            by_role=row.by_role,
            by=person_of(row.by_staff),
            facts=row.facts,
        )
        for row in events
    )


def _title(event: str) -> str:
    """As the customer reads it, else as staff do."""
    told = words().events.get(event)
    return told.name if told else project_texts().events[event]
