"""A mistake in an application is put right with a reason; the old value stays on the timeline (domain §7)."""

from sanic import Blueprint, HTTPResponse, Request

from backend import clock
from backend.actions import audit, corrections
from backend.actions.corrections import Correction
from backend.handlers.console import desk, flash
from backend.handlers.console.render import page
from backend.handlers.pages import forms
from backend.handlers.pages.forms import NOTHING, Draft
from backend.handlers.pages.session import Visitor
from backend.handlers.staff.corrections import CorrectionBody
from backend.queries import reach, staff_cases
from backend.rules.errors import DomainError
from config.roles import roles

routes = Blueprint("console_corrections", url_prefix="/console/applications")

_DOOR = "correct"


@routes.get("/<number:str>/correct")
async def show(request: Request, number: str) -> HTTPResponse:
    """The fields as they stand; who reads them is noted."""
    who = await desk.visitor(request, _DOOR)
    role = await reach.role_for_application(number, who.member, roles().of(_DOOR))
    await audit.note_reading(number, act=who.act_now(role))
    return await _shown(request, who, number)


@routes.post("/<number:str>/correct")
async def correct(request: Request, number: str) -> HTTPResponse:
    """The fields as they were meant."""
    who = await desk.sender(request, _DOOR)
    role = await reach.role_for_application(number, who.member, roles().of(_DOOR))
    try:
        change = Correction(**dict(forms.read(CorrectionBody, request)))
        await forms.once(
            request,
            who,
            f"correct:{number}",
            lambda: corrections.correct(number, change, act=who.act_now(role)),
        )
    except DomainError as error:
        return await _shown(request, who, number, draft=forms.refused("correct", request, error), status=422)
    return flash.done(f"/console/applications/{number}", "corrected")


async def _shown(
    request: Request, who: Visitor, number: str, *, draft: Draft = NOTHING, status: int = 200
) -> HTTPResponse:
    case = await staff_cases.get(number, now=clock.now())
    return await page(request, who, "counter/correct.html", status=status, case=case, draft=draft)
