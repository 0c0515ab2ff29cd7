"""The street canvass: a manager applies for somebody at their door, in under a minute (§2.2-3)."""

import segno
from sanic import Blueprint, HTTPResponse, Request

from backend import clock
from backend.actions import applications, audit
from backend.gateways import links
from backend.handlers.access import acting_as
from backend.handlers.bodies import Body, Ids, Line, Name, OptionalLine, OptionalName, Phone
from backend.handlers.field.render import page
from backend.handlers.filing_bodies import Flow
from backend.handlers.pages import forms, session
from backend.handlers.pages.forms import NOTHING, Draft
from backend.handlers.pages.session import Visitor
from backend.handlers.services import services_of
from backend.queries import inbox, reach, staff_cases
from backend.rules.errors import DomainError, InvalidField
from backend.rules.filing import Filing
from config.districts import districts
from config.documents import CustomerKind
from config.messages.pages import pages
from config.messages.texts import fill
from config.roles import roles

routes = Blueprint("field_canvass", url_prefix="/m/canvass")

_DOOR = "canvass"


class CanvassForm(Body):
    """What is asked at the door; `place` stays from one door to the next, no paper is needed."""

    customer_kind: CustomerKind
    district: OptionalName = None
    place: Line
    house: OptionalLine = None
    contact_name: Name
    contact_phone: Phone
    hourly_flow_m3: Flow | None = None
    purpose: OptionalLine = None
    on_behalf_consent: bool = False
    document_ids: Ids = ()

    def filing(self) -> Filing:
        """As the rules take it."""
        district = "" if self.district is None or self.district in self.place else self.district
        return Filing(
            customer_kind=self.customer_kind,
            contact_name=self.contact_name,
            contact_phone=self.contact_phone,
            address=f"{district}{self.place}{self.house or ''}",
            channel="manager_visit",
            district=self.district,
            hourly_flow_m3=self.hourly_flow_m3 if self.customer_kind == "non_resident" else None,
            purpose=self.purpose,
            document_ids=self.document_ids,
            street_canvass=True,
            on_behalf_consent=self.on_behalf_consent,
        )


@routes.get("/")
async def show_form(request: Request) -> HTTPResponse:
    """The empty form; the phone fills in the place of the last door."""
    who = await session.visitor(request)
    acting_as(who.member, roles().of(_DOOR))
    return await _form(who)


@routes.post("/")
async def file_for_somebody(request: Request) -> HTTPResponse:
    """Files it; the number is there at once, with its QR code for the customer."""
    who = await session.sender(request)
    role = acting_as(who.member, roles().of(_DOOR)).role
    try:
        body = forms.read(CanvassForm, request)

        async def file() -> str:
            return (await applications.accept(body.filing(), act=who.act_now(role))).number

        number = await forms.once_told(request, who, "canvass", file)
    except DomainError as error:
        refusal = _at_its_field(error)
        if forms.by_script(request):
            raise refusal from error
        return await _form(who, draft=forms.refused("canvass", request, refusal), status=422)
    said = fill(pages()["canvass"]["filed"], {"number": number})
    return forms.led_on(request, f"/m/canvass/{number}", said=said)


@routes.get("/<number:str>")
async def show_receipt(request: Request, number: str) -> HTTPResponse:
    """The number and the QR code with which the customer follows it; whoever reads it is noted."""
    who = await session.visitor(request)
    role = await reach.role_for_application(number, who.member, roles().of(_DOOR))
    await audit.note_reading(number, act=who.act_now(role))
    settings = services_of(request).settings
    url = links.public_url(f"/m/progress/{number}", settings)
    return await page(
        "receipt.html",
        who=who,
        unread=await inbox.count_unread(who.member.id),
        case=await staff_cases.get(number, now=clock.now()),
        qr=segno.make(url, error="m").svg_data_uri(scale=6, border=2),
        url=url,
    )


def _at_its_field(error: DomainError) -> DomainError:
    """The form asks for the address in two fields; what is wrong with it is said at the first."""
    if isinstance(error, InvalidField) and error.field == "address":
        return InvalidField(field="place", sentence=error.sentence, **error.facts)
    return error


async def _form(who: Visitor, *, draft: Draft = NOTHING, status: int = 200) -> HTTPResponse:
    return await page(
        "canvass.html",
        status=status,
        who=who,
        unread=await inbox.count_unread(who.member.id),
        draft=draft,
        towns=districts().towns,
        scripts=("field-form.js",),
    )
