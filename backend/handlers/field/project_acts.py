"""The forms of a project's page: each is one act of the staff API."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Annotated, Any

from pydantic import Field

from backend.actions import acceptances, designs, permits, projects, settlements, visits, work_orders
from backend.actions.acceptances import Finding, Signature
from backend.actions.act import Act
from backend.actions.designs import SurveyFindings
from backend.actions.settlements import Statement
from backend.handlers.bodies import Body, Id, Ids, NoBody, Text
from backend.handlers.field.acts import ArrivalForm, NoShowForm
from backend.handlers.staff.acceptances import ConveneBody, SignatureBody
from backend.handlers.staff.clock_pauses import PauseBody, ResumeBody
from backend.handlers.staff.designs import DrawingsBody, SurveyBody
from backend.handlers.staff.permits import PermitBody
from backend.handlers.staff.projects import HandOffBody, PapersBody
from backend.handlers.staff.settlements import ReviewBody, StatementBody
from backend.handlers.staff.visits import BookBody
from backend.handlers.staff.work_orders import AcceptBody, CompleteBody, ReportBody
from backend.rules.errors import InvalidField


class OrderForm(Body):
    """The revision of the work order that the page showed."""

    number: Text
    revision: Id


class AcceptForm(OrderForm, AcceptBody):
    pass


class ProgressForm(OrderForm, ReportBody):
    pass


class CompleteForm(OrderForm, CompleteBody):
    pass


class RoundForm(Body):
    round_id: Id


class SignForm(RoundForm, SignatureBody):
    """With the finger on the phone, or by saying so in front of whoever records it."""

    document_ids: Ids = ()
    confirmed: bool = False

    def checked(self) -> Signature:
        """Raises InvalidField where there is neither."""
        if not self.document_ids and not self.confirmed:
            raise InvalidField(field="confirmed", sentence="signature_wanted")
        return replace(self.signature(), document_id=self.document_ids[-1] if self.document_ids else None)


Placed = Annotated[str, Field(pattern=r"^[0-9]{1,2}:[0-9]{1,18}$")]
"""A photo at its place in a list, as `place:document`."""


class FailForm(RoundForm):
    """Each text is a defect, with the photos that were taken for it."""

    texts: Annotated[tuple[Text, ...], Field(max_length=20)] = ()
    placed: Annotated[tuple[Placed, ...], Field(max_length=50)] = ()

    def findings(self) -> list[Finding]:
        """The defects as the action takes them."""
        pairs = [tuple(map(int, one.split(":"))) for one in self.placed]
        return [
            Finding(text=text, document_ids=[photo for at, photo in pairs if at == place])
            for place, text in enumerate(self.texts)
        ]


class ReviewForm(ReviewBody):
    settlement_id: Id


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectForm:
    """What a form holds, the staff door whose roles may send it, and what it does to a project."""

    shape: type[Body]
    door: str
    perform: Callable[[int, Any, Act], Awaitable[object]]


def _arrival(form: ArrivalForm) -> visits.CheckIn:
    return visits.CheckIn(latitude=form.latitude, longitude=form.longitude, document_ids=form.document_ids)


def _findings(form: SurveyBody) -> SurveyFindings:
    return SurveyFindings(
        pressure_ok=form.pressure_ok,
        excavation_metres=form.excavation_metres,
        hourly_flow_m3=form.hourly_flow_m3,
        note=form.note or "",
    )


def _statement(form: StatementBody) -> Statement:
    return Statement(
        amount_yuan=form.amount_yuan,
        papers=form.papers,
        document_ids=form.document_ids,
        note=form.note or "",
    )


def _form(shape: type[Body], door: str, perform: Callable[[int, Any, Act], Awaitable[object]]) -> ProjectForm:
    return ProjectForm(shape=shape, door=door, perform=perform)


FORMS: dict[str, ProjectForm] = {
    "book": _form(
        BookBody, "book_project_visit", lambda id_, f, act: visits.book_for_project(id_, f.at, act=act)
    ),
    "check_in": _form(
        ArrivalForm, "check_in", lambda _, f, act: visits.check_in(f.visit_id, _arrival(f), act=act)
    ),
    "no_show": _form(NoShowForm, "no_show", lambda _, f, act: visits.no_show(f.visit_id, f.note, act=act)),
    "papers": _form(
        PapersBody, "bring_papers", lambda id_, f, act: projects.capture(id_, f.document_ids, act=act)
    ),
    "hand_off": _form(
        HandOffBody,
        "hand_off",
        lambda id_, f, act: projects.hand_off(id_, act=act, document_ids=f.document_ids),
    ),
    "survey": _form(SurveyBody, "survey", lambda id_, f, act: designs.survey(id_, _findings(f), act=act)),
    "pressure_restored": _form(
        NoBody, "restore_pressure", lambda id_, _, act: designs.restore_pressure(id_, act=act)
    ),
    "drawings": _form(
        DrawingsBody, "issue_drawings", lambda id_, f, act: designs.issue(id_, f.drawings(), act=act)
    ),
    "revised_drawings": _form(
        DrawingsBody, "revise_drawings", lambda id_, f, act: designs.revise(id_, f.drawings(), act=act)
    ),
    "permit_papers": _form(
        PapersBody, "collect_permit_papers", lambda id_, f, act: permits.collect(id_, f.document_ids, act=act)
    ),
    "permit": _form(
        PermitBody,
        "grant_permit",
        lambda id_, f, act: permits.grant(id_, f.reference, act=act, document_ids=f.document_ids),
    ),
    "accept_order": _form(
        AcceptForm,
        "accept_work_order",
        lambda _, f, act: work_orders.accept(f.number, f.revision, f.crew, f.contract_due_at, act=act),
    ),
    "start": _form(
        OrderForm, "start_work", lambda _, f, act: work_orders.start(f.number, f.revision, act=act)
    ),
    "progress": _form(
        ProgressForm,
        "report_progress",
        lambda _, f, act: work_orders.report(f.number, f.revision, f.report(), act=act),
    ),
    "complete": _form(
        CompleteForm,
        "complete_work",
        lambda _, f, act: work_orders.complete(f.number, f.revision, act=act, remedy=f.remedy()),
    ),
    "change": _form(
        ReportBody, "ask_for_change", lambda id_, f, act: work_orders.ask_for_change(id_, f.report(), act=act)
    ),
    "convene": _form(
        ConveneBody, "convene_acceptance", lambda id_, f, act: acceptances.convene(id_, f.meets_at, act=act)
    ),
    "sign": _form(SignForm, "sign_off", lambda _, f, act: acceptances.sign(f.round_id, f.checked(), act=act)),
    "pass": _form(
        RoundForm, "pass_acceptance", lambda _, f, act: acceptances.pass_round(f.round_id, act=act)
    ),
    "fail": _form(
        FailForm, "fail_acceptance", lambda _, f, act: acceptances.fail(f.round_id, f.findings(), act=act)
    ),
    "settle": _form(
        StatementBody,
        "submit_settlement",
        lambda id_, f, act: settlements.submit(id_, _statement(f), act=act),
    ),
    "review": _form(
        ReviewForm,
        "review_settlement",
        lambda _, f, act: settlements.review(f.settlement_id, approved=f.approved, note=f.note, act=act),
    ),
    "pause": _form(
        PauseBody,
        "pause_project",
        lambda id_, f, act: projects.pause(id_, f.reason, f.note, act=act, document_ids=f.document_ids),
    ),
    "resume": _form(ResumeBody, "resume_project", lambda id_, f, act: projects.resume(id_, f.note, act=act)),
}
"""By the name the page gives the form."""
