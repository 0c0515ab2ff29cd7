"""What the designer and the manager have done for a project: leads, surveys, drawings, permits."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from backend.models import Design, Lead, Permit, Survey
from backend.queries.file_parts import PersonView, person_of
from config.messages.texts import words


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadView:
    """What a platform said about the site; `facts` are the rest of its words."""

    partner: str
    external_id: str
    site_name: str
    developer: str | None
    stage: str
    facts: dict[str, Any]
    received_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyView:
    """One survey; lengths in metres, flow in m³ an hour."""

    pressure_ok: bool
    excavation_metres: Decimal
    hourly_flow_m3: Decimal | None
    note: str
    by: PersonView | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignView:
    """One revision of the drawings."""

    revision: int
    scheme: str
    scheme_name: str
    quantities: str
    document_ids: tuple[int, ...]
    by: PersonView | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PermitView:
    """The permit for digging up a road (§1.1-3); `granted_at` when filed or approved."""

    size: str
    size_name: str
    excavation_metres: Decimal
    document_ids: tuple[int, ...]
    papers_collected_at: datetime | None
    granted_at: datetime | None
    reference: str | None


async def leads(project_id: int) -> tuple[LeadView, ...]:
    """Oldest first."""
    return tuple(
        LeadView(
            partner=row.partner,
            external_id=row.external_id,
            site_name=row.site_name,
            developer=row.developer,
            stage=row.stage,
            facts=row.facts,
            received_at=row.received_at,
            changed_at=row.changed_at,
        )
        for row in await Lead.filter(project_id=project_id).order_by("id")
    )


async def surveys(project_id: int) -> tuple[SurveyView, ...]:
    """Oldest first; the last one counts."""
    rows = await Survey.filter(project_id=project_id).order_by("id").prefetch_related("by_staff")
    return tuple(
        SurveyView(
            pressure_ok=row.pressure_ok,
            excavation_metres=row.excavation_metres,
            hourly_flow_m3=row.hourly_flow_m3,
            note=row.note,
            by=person_of(row.by_staff),
            at=row.at,
        )
        for row in rows
    )


async def designs(project_id: int) -> tuple[DesignView, ...]:
    """Every revision, oldest first."""
    rows = await Design.filter(project_id=project_id).order_by("revision").prefetch_related("by_staff")
    return tuple(
        DesignView(
            revision=row.revision,
            scheme=row.scheme,
            scheme_name=words().schemes[row.scheme],
            quantities=row.quantities,
            document_ids=tuple(row.document_ids),
            by=person_of(row.by_staff),
            at=row.at,
        )
        for row in rows
    )


async def permits(project_id: int) -> tuple[PermitView, ...]:
    """Oldest first."""
    return tuple(
        PermitView(
            size=row.size,
            size_name=words().permit_sizes[row.size],
            excavation_metres=row.excavation_metres,
            document_ids=tuple(row.document_ids),
            papers_collected_at=row.papers_collected_at,
            granted_at=row.granted_at,
            reference=row.reference,
        )
        for row in await Permit.filter(project_id=project_id).order_by("id")
    )
