"""The inspector's desk: rounds of the four-party acceptance until it passes (§1.1-5)."""

from typing import Annotated

from pydantic import Field

from backend.actions import acceptances
from backend.actions.acceptances import Finding, Signature
from backend.actions.act import Act
from backend.handlers.access import StaffCaller
from backend.handlers.bodies import Body, Id, Ids, MomentIn, Name, NoBody, OptionalText, Text
from backend.handlers.calls import Call
from backend.handlers.doors import Doors
from backend.handlers.staff.project_answers import StaffProjectAnswer
from backend.handlers.staff.projects import shown
from backend.handlers.staff.standing import on_project, who_may
from backend.queries import completions

doors = Doors("staff_acceptances", "/api/staff")


class ConveneBody(Body):
    """Without a zone it is Shanghai time."""

    meets_at: MomentIn


class SignatureBody(Body):
    """One party's word in this round; `document_id` is an uploaded picture of the signature."""

    party: Name
    signed_by: Name
    agrees: bool
    note: OptionalText = None
    document_id: Id | None = None

    def signature(self) -> Signature:
        """As the action takes it."""
        return Signature(
            party=self.party,
            signed_by=self.signed_by,
            agrees=self.agrees,
            note=self.note or "",
            document_id=self.document_id,
        )


class DefectBody(Body):
    text: Text
    document_ids: Ids = ()


class FailBody(Body):
    defects: Annotated[tuple[DefectBody, ...], Field(max_length=50)]


@doors.post(
    "/projects/<project_id:int>/acceptance-rounds",
    who=who_may("convene_acceptance"),
    takes=ConveneBody,
    answers=StaffProjectAnswer,
    status=201,
)
async def convene_acceptance(call: Call[StaffCaller, ConveneBody], project_id: int) -> StaffProjectAnswer:
    """Calls the four parties together."""
    act = await on_project(call, "convene_acceptance", project_id)
    await acceptances.convene(project_id, call.body.meets_at, act=act)
    return await shown(call, project_id)


@doors.post(
    "/acceptance-rounds/<round_id:int>/sign-offs",
    who=who_may("sign_off"),
    takes=SignatureBody,
    answers=StaffProjectAnswer,
)
async def sign_off(call: Call[StaffCaller, SignatureBody], round_id: int) -> StaffProjectAnswer:
    """One party signs, once a round."""
    project_id, act = await _on_round(call, "sign_off", round_id)
    await acceptances.sign(round_id, call.body.signature(), act=act)
    return await shown(call, project_id)


@doors.post(
    "/acceptance-rounds/<round_id:int>/fail",
    who=who_may("fail_acceptance"),
    takes=FailBody,
    answers=StaffProjectAnswer,
)
async def fail_acceptance(call: Call[StaffCaller, FailBody], round_id: int) -> StaffProjectAnswer:
    """The round fails with its defects; the contractor puts them right."""
    project_id, act = await _on_round(call, "fail_acceptance", round_id)
    findings = [Finding(text=one.text, document_ids=one.document_ids) for one in call.body.defects]
    await acceptances.fail(round_id, findings, act=act)
    return await shown(call, project_id)


@doors.post(
    "/acceptance-rounds/<round_id:int>/pass",
    who=who_may("pass_acceptance"),
    takes=NoBody,
    answers=StaffProjectAnswer,
)
async def pass_acceptance(call: Call[StaffCaller, NoBody], round_id: int) -> StaffProjectAnswer:
    """Everybody has signed and agrees: the pipework is accepted, and whoever waited for it gets gas within the day."""
    project_id, act = await _on_round(call, "pass_acceptance", round_id)
    await acceptances.pass_round(round_id, act=act)
    return await shown(call, project_id)


async def _on_round(call: Call[StaffCaller, Body], door: str, round_id: int) -> tuple[int, Act]:
    """The round's project and the caller's act on it. Raises NotFound, Forbidden."""
    project_id = await completions.get_project_of_round(round_id)
    return project_id, await on_project(call, door, project_id)
