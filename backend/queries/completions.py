"""How a project ends: rounds of the four-party acceptance with signatures and defects, settlements."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from backend.models import AcceptanceRound, Settlement
from backend.queries.file_parts import PersonView, person_of
from backend.rules.errors import NotFound
from config.messages.texts import words


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOffView:
    """One party's word in one round."""

    party: str
    party_name: str
    signed_by: str
    agrees: bool
    note: str
    document_id: int | None
    recorded_by: PersonView | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DefectView:
    """What a round found; `rectification` says how it was put right."""

    id: int
    text: str
    document_ids: tuple[int, ...]
    rectified_at: datetime | None
    rectification: str | None
    rectification_document_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundView:
    """One round of acceptance."""

    id: int
    round: int
    stage: str
    meets_at: datetime
    convened_at: datetime
    ended_at: datetime | None
    sign_offs: tuple[SignOffView, ...]
    defects: tuple[DefectView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlementView:
    """One settlement statement (结算单) with its review (终审)."""

    id: int
    amount_yuan: Decimal
    papers: tuple[str, ...]
    document_ids: tuple[int, ...]
    state: str
    note: str
    submitted_at: datetime
    reviewed_at: datetime | None
    reviewed_by: PersonView | None


async def get_project_of_round(round_id: int) -> int:
    """The project a round belongs to. Raises NotFound."""
    row = await AcceptanceRound.get_or_none(id=round_id)
    if row is None:
        raise NotFound
    return row.project_id


async def get_project_of_settlement(settlement_id: int) -> int:
    """The project a settlement belongs to. Raises NotFound."""
    row = await Settlement.get_or_none(id=settlement_id)
    if row is None:
        raise NotFound
    return row.project_id


async def rounds(project_id: int) -> tuple[RoundView, ...]:
    """Every round, oldest first."""
    rows = await (
        AcceptanceRound.filter(project_id=project_id)
        .order_by("round")
        .prefetch_related("sign_offs__by_staff", "defects")
    )
    return tuple(_round(row) for row in rows)


async def settlements(project_id: int) -> tuple[SettlementView, ...]:
    """Every statement, oldest first."""
    rows = await Settlement.filter(project_id=project_id).order_by("id").prefetch_related("reviewed_by")
    return tuple(
        SettlementView(
            id=row.id,
            amount_yuan=row.amount_yuan,
            papers=tuple(row.papers),
            document_ids=tuple(row.document_ids),
            state=row.state,
            note=row.note,
            submitted_at=row.submitted_at,
            reviewed_at=row.reviewed_at,
            reviewed_by=person_of(row.reviewed_by),
        )
        for row in rows
    )


def _round(row: AcceptanceRound) -> RoundView:
    signed = sorted(row.sign_offs, key=lambda one: one.id)  # type: ignore[attr-defined]  # the reverse relation has no annotation
    found = sorted(row.defects, key=lambda one: one.id)  # type: ignore[attr-defined]  # likewise
    return RoundView(
        id=row.id,
        round=row.round,
        stage=row.stage,
        meets_at=row.meets_at,
        convened_at=row.convened_at,
        ended_at=row.ended_at,
        sign_offs=tuple(
            SignOffView(
                party=one.party,
                party_name=words().parties[one.party],
                signed_by=one.signed_by,
                agrees=one.agrees,
                note=one.note,
                document_id=one.document_id,
                recorded_by=person_of(one.by_staff),
                at=one.at,
            )
            for one in signed
        ),
        defects=tuple(
            DefectView(
                id=one.id,
                text=one.text,
                document_ids=tuple(one.document_ids),
                rectified_at=one.rectified_at,
                rectification=one.rectification,
                rectification_document_ids=tuple(one.rectification_document_ids),
            )
            for one in found
        ),
    )
