"""The customer's own page: where the application stands, without a login, for whoever has the signed link."""

import hmac

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import json, redirect

from backend import clock
from backend.actions import visits
from backend.actions.act import Act
from backend.gateways import links
from backend.handlers.bodies import Body, Id, MomentIn, Name
from backend.handlers.field.render import page
from backend.handlers.pages import forms
from backend.handlers.pages.forms import NOTHING, Draft
from backend.handlers.services import services_of
from backend.handlers.tries import counted
from backend.queries import my_applications, progress, pulse
from backend.queries.progress import Progress
from backend.rules.errors import DomainError, InvalidField
from config.messages.pages import pages

routes = Blueprint("field_progress", url_prefix="/m/progress")

_DIGITS = 4  # of the phone that the application was filed with


class WrongDigits(InvalidField):
    """Whoever holds the link does not know the phone it was filed with."""


class MoveForm(Body):
    """A booked visit and its new hour; the last digits of the phone say that it is the customer who moves it."""

    visit_id: Id
    at: MomentIn
    digits: Name


@routes.get("/<number:str>")
async def show_progress(request: Request, number: str) -> HTTPResponse:
    """Stages, clock, manager, missing papers and what happened."""
    if not _opens(request, number):
        return await _bad_link()
    return await _shown(request, number)


@routes.get("/<number:str>/pulse")
async def feel_progress(request: Request, number: str) -> HTTPResponse:
    """A mark that changes when the page would."""
    if not _opens(request, number):
        return await _bad_link()
    return json({"mark": await pulse.of_application(number)}, headers={"Cache-Control": "no-store"})


@routes.post("/<number:str>/visits")
async def move_visit(request: Request, number: str) -> HTTPResponse:
    """Moves a booked visit, for whoever knows the phone it was filed with."""
    if not _opens(request, number):
        return await _bad_link()
    try:
        await _move(request, number)
    except DomainError as error:
        draft = forms.refused("move", request, error)
        return await _shown(request, number, draft=draft, status=422)
    return redirect(f"/m/progress/{number}?t={request.args.get('t')}", status=303)


async def _move(request: Request, number: str) -> None:
    form = forms.read(MoveForm, request)
    async with counted(
        services_of(request).gateways.redis,
        name=f"progress:{number}",
        address=request.client_ip,
        failures=(WrongDigits,),
    ):
        case = await progress.get(number, now=clock.now())
        if not hmac.compare_digest(case.contact_phone[-_DIGITS:].encode(), form.digits.encode()):
            raise WrongDigits(field="digits", sentence="wrong_digits")
    customer = await my_applications.customer_of(number)
    act = Act(by="customer", now=clock.now(), real_now=clock.real_now(), customer_id=customer)
    await visits.reschedule(number, form.visit_id, form.at, act=act)


async def _shown(request: Request, number: str, *, draft: Draft = NOTHING, status: int = 200) -> HTTPResponse:
    case = await progress.get(number, now=clock.now())
    return await page(
        "progress.html",
        status=status,
        case=case,
        apology=_is_late(case),
        draft=draft,
        t_of_link=request.args.get("t"),
        pulse=f"/m/progress/{number}/pulse?t={request.args.get('t')}",
    )


def _is_late(case: Progress) -> bool:
    """Whether the customer waits longer than was promised."""
    return case.clock is not None and case.clock.late and case.clock.state in {"running", "breached"}


def _opens(request: Request, number: str) -> bool:
    signature = request.args.get("t") or ""
    return links.opens_progress(number, signature, services_of(request).settings.secret_key)


async def _bad_link() -> HTTPResponse:
    return await page(
        "failure.html",
        status=404,
        title=pages()["progress"]["bad_link_title"],
        detail=pages()["progress"]["bad_link"],
        home=False,
    )
