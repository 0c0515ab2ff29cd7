"""The counter: an application with its papers on one screen, the receipt, an enquiry written down (§1.3-2, §2.2-2)."""

from dataclasses import replace

from sanic import Blueprint, HTTPResponse, Request

from backend import clock
from backend.actions import applications, audit, hotline
from backend.actions.hotline import CallNote
from backend.gateways import links
from backend.handlers.bodies import PageQuery, Phone
from backend.handlers.console import desk, flash, lists
from backend.handlers.console.render import fragment, page
from backend.handlers.pages import forms, qr
from backend.handlers.pages.forms import NOTHING, Draft
from backend.handlers.pages.session import Visitor
from backend.handlers.services import services_of
from backend.handlers.staff.calls import CallBody
from backend.handlers.staff.filing import StaffFilingBody, filing_role
from backend.queries import known_customers, papers, reach, staff_cases
from backend.rules.errors import DomainError, DuplicateApplication
from config import policy
from config.documents import catalogue
from config.messages.console_texts import console_texts
from config.roles import roles

routes = Blueprint("console_counter", url_prefix="/console/counter")

_DOOR = "use_counter"
_HOME = "/console/counter"
_ENQUIRY = "enquiry"


class KnownQuery(PageQuery):
    contact_phone: Phone


@routes.get("/")
async def show(request: Request) -> HTTPResponse:
    """The empty form."""
    return await _form(request, await desk.visitor(request, _DOOR))


@routes.get("/known")
async def show_known(request: Request) -> HTTPResponse:
    """What is known of whoever has this phone; who looks is noted."""
    who = await desk.visitor(request, "find_customer")
    phone = lists.asked(KnownQuery, request).contact_phone
    await audit.note_search(phone, act=who.act_now())
    known = await known_customers.find(phone, now=clock.now())
    return await fragment(request, who, "counter/known.html", known=known)


@routes.post("/")
async def file_application(request: Request) -> HTTPResponse:
    """Files it; refused, the form comes back with what was typed and the papers that were taken in."""
    who = await desk.sender(request, "file_application")

    async def perform() -> str:
        form = forms.read(StaffFilingBody, request)
        role = filing_role(form.channel, who.member.roles)
        filed = await applications.accept(form.filing(form.channel), act=who.act_now(role))
        return filed.number

    try:
        number = await forms.once_told(request, who, "counter", perform)
    except DomainError as error:
        first = error.number if isinstance(error, DuplicateApplication) else ""
        draft = forms.refused("counter", request, error)
        if first:
            draft = replace(draft, message=console_texts()["counter"]["duplicate"])
        return await _form(request, who, draft=draft, first=first, status=422)
    return flash.done(f"{_HOME}/receipts/{number}", "application_filed", number=number)


@routes.get("/receipts/<number:str>")
async def show_receipt(request: Request, number: str) -> HTTPResponse:
    """What the customer takes home: number, manager, deadline, missing papers, and a code to follow the progress."""
    who = await desk.visitor(request, _DOOR)
    role = await reach.role_for_application(number, who.member, roles().of("show_application"))
    await audit.note_reading(number, act=who.act_now(role))
    case = await staff_cases.get(number, now=clock.now())
    known = await known_customers.find(case.contact_phone, now=clock.now())
    link = links.public_url(f"/m/progress/{number}", services_of(request).settings)
    return await page(
        request,
        who,
        "counter/receipt.html",
        case=case,
        earlier=[one for one in known.applications if one.number != number],
        code=qr.svg(link, scale=4),
        link=link,
    )


@routes.post("/enquiries")
async def log_enquiry(request: Request) -> HTTPResponse:
    """What somebody at the counter asked, and what they were told."""
    who = await desk.sender(request, "log_call")

    async def perform() -> None:
        form = forms.read(CallBody, request)
        note = CallNote(**{name: getattr(form, name) for name in CallBody.model_fields})
        await hotline.log_call(note, act=who.act_now())

    try:
        await forms.once(request, who, _ENQUIRY, perform)
    except DomainError as error:
        return await _form(request, who, draft=forms.refused(_ENQUIRY, request, error), status=422)
    return flash.done(_HOME, "enquiry_logged")


async def _form(
    request: Request, who: Visitor, *, draft: Draft = NOTHING, first: str = "", status: int = 200
) -> HTTPResponse:
    collected = policy.current().clocks["deferred_documents"]
    return await page(
        request,
        who,
        "counter/form.html",
        status=status,
        draft=draft if draft.form != _ENQUIRY else NOTHING,
        enquiry=draft if draft.form == _ENQUIRY else NOTHING,
        may_log=bool(set(roles().of("log_call")) & set(who.member.roles)),
        first=first,
        papers=catalogue().papers,
        kept=await papers.kinds_of(draft.kept, who.member.id),
        days=collected.limit.days,
    )
