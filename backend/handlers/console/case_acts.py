"""What a supervisor does to a case at the desk: gives it to another manager."""

from sanic import Blueprint, HTTPResponse, Request

from backend.actions import hand_over
from backend.handlers.console import case_page, desk, flash
from backend.handlers.pages import forms
from backend.handlers.staff.assignments import ReassignBody
from backend.queries import reach
from backend.rules.errors import DomainError
from config.roles import roles

routes = Blueprint("console_case_acts", url_prefix="/console/applications")


@routes.post("/<number:str>/reassign")
async def reassign(request: Request, number: str) -> HTTPResponse:
    """Both managers and the customer are told."""
    who = await desk.sender(request, "reassign")
    role = await reach.role_for_application(number, who.member, roles().of("reassign"))
    try:
        body = forms.read(ReassignBody, request)
        await forms.once(
            request,
            who,
            f"reassign:{number}",
            lambda: hand_over.reassign(number, body.manager_id, body.note, act=who.act_now(role)),
        )
    except DomainError as error:
        draft = forms.refused("reassign", request, error)
        return await case_page.show(request, who, number, draft=draft, status=422)
    return flash.done(f"/console/applications/{number}", "reassigned", number=number)
