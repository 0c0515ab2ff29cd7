"""The four-party joint acceptance, round by round, until it passes (§1.1-5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tortoise.transactions import in_transaction

from backend.actions import assignments, documents
from backend.actions.act import Act
from backend.actions.locks import lock_name, lock_project
from backend.actions.record import record
from backend.models import AcceptanceRound, ConnectionApplication, Defect, PreServiceProject, SignOff
from backend.rules.errors import Forbidden, InvalidField, NotAllowed, NotFound
from backend.rules.stages import ACCEPTANCE_ROUND, NEW
from backend.rules.wording import say_moment
from config import policy
from config.acceptance import acceptance


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """One party's word: who signs for it, whether they agree, and the picture of the signature."""

    party: str
    signed_by: str
    agrees: bool
    note: str = ""
    document_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One defect with its photos."""

    text: str
    document_ids: Sequence[int] = ()


async def convene(project_id: int, meets_at: datetime, *, act: Act) -> AcceptanceRound:
    """The inspector calls the four parties together. Raises NotFound, Forbidden, NotAllowed, InvalidField."""
    async with in_transaction():
        project = await lock_project(project_id)
        _check_inspector(project, act)
        if meets_at < act.now:
            raise InvalidField(field="meets_at", sentence="meeting_in_the_past")
        if await AcceptanceRound.exists(project_id=project.id, stage="convened"):
            raise NotAllowed(stage=project.stage, event="acceptance_convened")
        if project.inspector_id is None:
            project.inspector_id = act.staff_id
            await project.save(update_fields=["inspector_id"])
        number = await AcceptanceRound.filter(project_id=project.id).count() + 1
        row = await AcceptanceRound.create(
            project_id=project.id, round=number, stage=NEW, meets_at=meets_at, convened_at=act.now
        )
        await _move(row, "convened", act)
        facts = {"round": number, "meets_at": say_moment(meets_at, policy.current())}
        await record(project, "acceptance_convened", act=act, facts=facts)
        return row


async def sign(round_id: int, signature: Signature, *, act: Act) -> SignOff:
    """One party signs, once a round. Raises NotFound, NotAllowed, InvalidField."""
    async with in_transaction():
        project, row = await _lock_round(round_id, "signed_off")
        if signature.party not in acceptance().parties:
            raise InvalidField(field="party", sentence="unknown_party")
        if act.by not in acceptance().signers[signature.party]:
            raise InvalidField(field="party", sentence="not_the_signer")
        if await SignOff.exists(acceptance_id=row.id, party=signature.party):
            raise NotAllowed(stage=row.stage, event="signed_off", sentence="already_signed")
        if signature.document_id is not None:
            await documents.attach_to_case(project, [signature.document_id], act=act)
        await record(
            project, "signed_off", act=act, facts={"party": signature.party, "agrees": signature.agrees}
        )
        return await SignOff.create(
            acceptance_id=row.id,
            party=signature.party,
            signed_by=signature.signed_by,
            agrees=signature.agrees,
            note=signature.note,
            document_id=signature.document_id,
            by_staff_id=act.staff_id,
            at=act.now,
        )


async def fail(round_id: int, findings: Sequence[Finding], *, act: Act) -> AcceptanceRound:
    """The round fails with its defects; the contractor puts them right. Raises NotFound, Forbidden, NotAllowed, InvalidField."""
    async with in_transaction():
        project, row = await _lock_round(round_id, "acceptance_failed")
        _check_inspector(project, act)
        if not findings:
            raise InvalidField(field="defects", sentence="defects_missing")
        for finding in findings:
            await documents.attach_to_case(project, finding.document_ids, act=act)
            await Defect.create(
                acceptance_id=row.id, text=finding.text, document_ids=list(finding.document_ids)
            )
        await _move(row, "failed", act)
        note = "；".join(finding.text for finding in findings)
        await record(project, "acceptance_failed", act=act, facts={"round": row.round, "note": note})
        return row


async def pass_round(round_id: int, *, act: Act) -> AcceptanceRound:
    """Everybody has signed and agrees: the pipework is accepted, and every application that waited for it begins.

    Raises NotFound, Forbidden, NotAllowed.
    """
    async with in_transaction():
        found = await AcceptanceRound.get_or_none(id=round_id).prefetch_related("project")
        if found is None:
            raise NotFound
        # as in filing: whoever files for this site now waits, so that no application is left behind
        await lock_name(f"project:{found.project.site_id}")
        waiting = await (
            ConnectionApplication.filter(project_id=found.project_id, stage="awaiting_project")
            .order_by("id")
            .select_for_update()
        )
        project, row = await _lock_round(round_id, "acceptance_passed")
        _check_inspector(project, act)
        await _check_signatures(row)
        await _move(row, "passed", act)
        await record(project, "acceptance_passed", act=act, facts={"round": row.round})
        system = Act.system(now=act.now, real_now=act.real_now)
        for application in waiting:
            await record(application, "project_accepted", act=system)
        if project.customer_kind == "resident":
            project.contractor_id = project.contractor_id or await assignments.least_busy(
                "contractor", now=act.now
            )
            await record(project, "completion_opened", act=act)
        return row


async def _check_signatures(row: AcceptanceRound) -> None:
    signed = {sign_off.party for sign_off in await SignOff.filter(acceptance_id=row.id, agrees=True)}
    if signed != set(acceptance().parties):
        raise NotAllowed(stage=row.stage, event="passed", sentence="signatures_missing")


async def _lock_round(round_id: int, event: str) -> tuple[PreServiceProject, AcceptanceRound]:
    found = await AcceptanceRound.get_or_none(id=round_id)
    if found is None:
        raise NotFound
    project = await lock_project(found.project_id)
    row = await AcceptanceRound.get(id=round_id)
    if row.stage != "convened":
        raise NotAllowed(stage=row.stage, event=event)
    return project, row


def _check_inspector(project: PreServiceProject, act: Act) -> None:
    if project.inspector_id not in (None, act.staff_id):
        raise Forbidden


async def _move(row: AcceptanceRound, event: str, act: Act) -> None:
    step = ACCEPTANCE_ROUND.step(row.stage, event, act.by)
    row.stage = step.to or row.stage
    row.ended_at = act.now if row.stage in ACCEPTANCE_ROUND.final else None
    await row.save(update_fields=["stage", "ended_at"])
