"""/api/partners/…: what platforms bring us, and what the engineering system reports. Every request is signed."""

from typing import Annotated, Literal, cast

from pydantic import BeforeValidator, Field

from backend.actions import leads, partner_cases, work_order_reports
from backend.actions.leads import LeadNews
from backend.actions.work_order_reports import WorkOrderReport
from backend.handlers.bodies import Answer, Body, Checked, Line, Name, OptionalName, OptionalText, Phone, Text
from backend.handlers.calls import Call
from backend.handlers.doors import Doors
from backend.handlers.filing_bodies import FilingBody
from backend.handlers.partner_access import PartnerCaller, partner
from backend.handlers.progress_answers import ClockAnswer, ManagerAnswer, PaperAnswer
from backend.queries import progress
from config.documents import CustomerKind
from config.partners import PartnerChannel

doors = Doors("partners", "/api/partners")


def _none_if_empty(value: object) -> object:
    """Platforms send their empty columns along."""
    return None if value == "" else value


Blank = BeforeValidator(_none_if_empty)
ExternalId = Annotated[str, Field(min_length=1, max_length=100), Checked]
Hundred = Annotated[str, Field(min_length=1, max_length=100), Checked]


class LeadBody(Body):
    """Planning or approval information about a site, under the platform's own id."""

    external_id: ExternalId
    site_name: Hundred
    address: Line
    district: OptionalName = None
    customer_kind: CustomerKind
    developer: Annotated[Hundred | None, Blank] = None
    contact_name: OptionalName = None
    contact_phone: Annotated[Phone | None, Blank] = None
    stage: Literal["planning", "approval"]
    attachments: Annotated[tuple[Text, ...], Field(max_length=50)] | None = None


class LeadAnswer(Answer):
    """`outcome` tells news from a repeat; `lead` is our number of it."""

    external_id: str
    lead: int
    outcome: Literal["created", "changed", "unchanged"]


class ApplicationBody(FilingBody):
    """As a customer files it, under the platform's own id."""

    external_id: ExternalId


class FiledAnswer(Answer):
    """The application as it stands now."""

    external_id: str
    number: str
    stage: str
    clock: ClockAnswer | None
    manager: ManagerAnswer | None
    missing_documents: list[PaperAnswer]


class WorkOrderBody(Body):
    """What became of one revision of a work order."""

    work_order: Name
    revision: Annotated[int, Field(ge=1, le=2**31 - 1)]
    state: Literal["accepted", "started", "completed"]
    note: OptionalText = None


class WorkOrderAnswer(Answer):
    work_order: str
    revision: int
    state: str


@doors.post(
    "/<partner:str>/leads",
    who=partner("leads"),
    takes=LeadBody,
    answers=LeadAnswer,
    status=201,
    once=True,
    secured=False,
)
async def take_lead(call: Call[PartnerCaller, LeadBody], partner: str) -> LeadAnswer:
    """Takes early information about a site; the same id again updates it."""
    facts = call.body.model_dump(exclude={"attachments"})
    news = LeadNews(partner=partner, attachments=call.body.attachments or (), **facts)
    taken = await leads.take_in(news, act=call.act)
    return LeadAnswer(external_id=news.external_id, lead=taken.lead_id, outcome=taken.outcome)


@doors.post(
    "/<partner:str>/applications",
    who=partner("applications"),
    takes=ApplicationBody,
    answers=FiledAnswer,
    status=201,
    once=True,
    secured=False,
)
async def file_application(call: Call[PartnerCaller, ApplicationBody], partner: str) -> FiledAnswer:
    """Files an application that reached the platform; the same id again is answered with the same application."""
    channel = cast(PartnerChannel, call.who.partner.channel)  # the guard lets in only who has one
    external_id = call.body.external_id
    filed = await partner_cases.file(partner, external_id, call.body.filing(channel), act=call.act)
    view = await progress.get(filed.number, now=call.now)
    return FiledAnswer(
        external_id=external_id,
        number=view.number,
        stage=view.stage,
        clock=ClockAnswer.model_validate(view.clock) if view.clock else None,
        manager=ManagerAnswer.model_validate(view.manager) if view.manager else None,
        missing_documents=[PaperAnswer.model_validate(paper) for paper in view.missing_documents],
    )


@doors.post(
    "/<partner:str>/work-orders",
    who=partner("work-orders"),
    takes=WorkOrderBody,
    answers=WorkOrderAnswer,
    once=True,
    secured=False,
)
async def report_work_order(call: Call[PartnerCaller, WorkOrderBody], partner: str) -> WorkOrderAnswer:
    """Takes the engineering system's word on a work order; only the newest revision may be worked on."""
    report = WorkOrderReport(partner=partner, **call.body.model_dump())
    order = await work_order_reports.take(report, act=call.act)
    return WorkOrderAnswer(work_order=order.number, revision=order.revision, state=order.stage)
