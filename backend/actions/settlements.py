"""Completion papers, settlement statement and final review (竣工资料, 结算单, 终审, §2.1-3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tortoise.transactions import in_transaction

from backend.actions import documents
from backend.actions.act import Act
from backend.actions.locks import lock_project
from backend.actions.record import record
from backend.models import Settlement
from backend.rules.errors import InvalidField, NotAllowed, NotFound
from config.acceptance import acceptance


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """The statement: the amount in yuan, which completion papers come with it, and their files."""

    amount_yuan: Decimal
    papers: Sequence[str]
    document_ids: Sequence[int]
    note: str = ""


async def submit(project_id: int, statement: Statement, *, act: Act) -> Settlement:
    """The contractor hands in the completion pack. Raises NotFound, NotAllowed, InvalidField naming a missing paper."""
    async with in_transaction():
        project = await lock_project(project_id)
        missing = [paper for paper in acceptance().completion_papers if paper not in statement.papers]
        if missing:
            raise InvalidField(
                field="papers", sentence="completion_papers_missing", papers="、".join(missing)
            )
        if await Settlement.exists(project_id=project.id, state__in=["submitted", "approved"]):
            raise NotAllowed(stage=project.stage, event="settlement_submitted")
        await documents.attach_to_case(project, statement.document_ids, act=act)
        await record(
            project, "settlement_submitted", act=act, facts={"amount_yuan": str(statement.amount_yuan)}
        )
        return await Settlement.create(
            project_id=project.id,
            amount_yuan=statement.amount_yuan,
            papers=list(statement.papers),
            document_ids=list(statement.document_ids),
            note=statement.note,
            submitted_at=act.now,
        )


async def review(settlement_id: int, *, approved: bool, note: str, act: Act) -> Settlement:
    """The final review; approved, the archive sheet goes to customer service. Raises NotFound, NotAllowed."""
    async with in_transaction():
        found = await Settlement.get_or_none(id=settlement_id)
        if found is None:
            raise NotFound
        project = await lock_project(found.project_id)
        settlement = await Settlement.get(id=settlement_id)
        if settlement.state != "submitted":
            raise NotAllowed(stage=settlement.state, event="reviewed")
        settlement.state = "approved" if approved else "returned"
        settlement.reviewed_at, settlement.reviewed_by_id = act.now, act.staff_id
        settlement.note = note
        await settlement.save()
        await record(project, f"settlement_{settlement.state}", act=act, facts={"note": note})
        return settlement
