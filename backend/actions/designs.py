"""Survey, scheme and drawings (§1.1-2, §2.1-2), and their revision when the quantities change (§1.1-5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tortoise.transactions import in_transaction

from backend.actions import _clocks, assignments, documents, projects, work_orders
from backend.actions.act import Act
from backend.actions.locks import lock_project
from backend.actions.record import record
from backend.actions.visits import check_own
from backend.models import ChangeRequest, Design, Permit, PreServiceProject, Survey
from backend.rules.errors import InvalidField, NotAllowed
from backend.rules.permits import Size, size_of
from backend.rules.schemes import scheme_of
from config import policy
from config.messages.texts import words

_ISSUED: dict[Size, str] = {
    "none": "drawings_issued",
    "small": "drawings_issued_with_small_permit",
    "large": "drawings_issued_with_large_permit",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyFindings:
    """What the designer measured; lengths in metres, flow in m³ an hour."""

    pressure_ok: bool
    excavation_metres: Decimal
    hourly_flow_m3: Decimal | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawings:
    """The drawings as uploaded, and the quantities they ask for."""

    document_ids: Sequence[int]
    quantities: str


async def survey(project_id: int, findings: SurveyFindings, *, act: Act) -> PreServiceProject:
    """Records the survey; a resident site without enough pressure waits, its clocks paused (§2.1-2).

    Raises NotFound, Forbidden, NotAllowed, InvalidField (waiting needs a reason).
    """
    async with in_transaction():
        project = await lock_project(project_id)
        check_own(project, act)
        waits = project.customer_kind == "resident" and not findings.pressure_ok
        if waits and not findings.note:
            raise InvalidField(field="note", sentence="reason_missing")
        await Survey.create(
            project_id=project.id,
            pressure_ok=findings.pressure_ok,
            hourly_flow_m3=findings.hourly_flow_m3,
            excavation_metres=findings.excavation_metres,
            note=findings.note,
            by_staff_id=act.staff_id,
            at=act.now,
        )
        project.scheme = scheme_of(
            project.customer_kind, findings.hourly_flow_m3, policy.of(project.policy_version)
        )
        project.excavation_metres = findings.excavation_metres
        await project.save(update_fields=["scheme", "excavation_metres"])
        await record(project, "surveyed", act=act)
        await _follow_excavation(project, act)
        if waits:
            await record(project, "pressure_insufficient", act=act, facts={"note": findings.note})
            await projects.hold(project, "uncontrollable", findings.note, act=act)
        return project


async def restore_pressure(project_id: int, *, act: Act) -> PreServiceProject:
    """The area's pressure meets the design requirement now. Raises NotFound, Forbidden, NotAllowed."""
    async with in_transaction():
        project = await lock_project(project_id)
        check_own(project, act)
        await record(project, "pressure_restored", act=act)
        await projects.release_if_held(project, act=act)
        return project


async def issue(project_id: int, drawings: Drawings, *, act: Act) -> Design:
    """Issues the first drawings: the permit begins where a road is dug up, and the work order is generated (§1.1-2).

    Raises NotFound, Forbidden, NotAllowed (no survey yet), InvalidField.
    """
    async with in_transaction():
        project = await lock_project(project_id)
        check_own(project, act)
        if project.scheme is None or project.excavation_metres is None:
            raise NotAllowed(stage=project.stage, event="drawings_issued", sentence="survey_first")
        size = size_of(project.excavation_metres, policy.of(project.policy_version))
        if size == "none":
            project.contractor_id = await assignments.least_busy("contractor", now=act.now)
            await project.save(update_fields=["contractor_id"])
        design = await _keep(project, drawings, act)
        facts = {
            "scheme": words().schemes[project.scheme],
            "next_step": words().next_steps["building" if size == "none" else "permitting"],
        }
        await record(project, _ISSUED[size], act=act, facts=facts)
        if size != "none":
            await Permit.create(
                project_id=project.id, size=size, excavation_metres=project.excavation_metres, document_ids=[]
            )
        await work_orders.issue(project, design, act=act)
        return design


async def revise(project_id: int, drawings: Drawings, *, act: Act) -> Design:
    """Answers a change of quantity: revised drawings and a new work-order revision (§1.1-5).

    Raises NotFound, Forbidden, NotAllowed (nobody asked for a change), InvalidField.
    """
    async with in_transaction():
        project = await lock_project(project_id)
        check_own(project, act)
        asked = ChangeRequest.filter(project_id=project.id, design_id=None)
        if not await asked.exists():
            raise NotAllowed(stage=project.stage, event="design_revised")
        design = await _keep(project, drawings, act)
        await record(project, "design_revised", act=act, facts={"revision": design.revision})
        await asked.update(design_id=design.id)
        await work_orders.issue(project, design, act=act)
        return design


async def _keep(project: PreServiceProject, drawings: Drawings, act: Act) -> Design:
    if not drawings.document_ids:
        raise InvalidField(field="document_ids", sentence="drawings_missing")
    await documents.attach_to_case(project, drawings.document_ids, act=act)
    revision = await Design.filter(project_id=project.id).count() + 1
    return await Design.create(
        project_id=project.id,
        revision=revision,
        scheme=project.scheme,
        quantities=drawings.quantities,
        document_ids=list(drawings.document_ids),
        by_staff_id=act.staff_id,
        at=act.now,
    )


async def _follow_excavation(project: PreServiceProject, act: Act) -> None:
    """A shop whose road excavation turns out large has the longer limit, counted from the same start (domain §3)."""
    metres = project.excavation_metres or Decimal(0)
    if project.customer_kind == "resident" or size_of(metres, policy.of(project.policy_version)) != "large":
        return
    if await _clocks.exchange(project, "project_small", "project_large", now=act.now):
        await record(project, "became_large", act=act, facts={"excavation": f"{metres:f}"})
