"""Messages nobody could deliver: each try with the platform's reason; sent anew, or given up with a word."""

from typing import Literal

from sanic import Blueprint, HTTPResponse, Request

from backend.actions import messages_review
from backend.handlers.bodies import PageQuery
from backend.handlers.console import desk, flash, lists
from backend.handlers.console.render import page
from backend.handlers.pages import forms
from backend.handlers.pages.forms import NOTHING, Draft
from backend.handlers.pages.session import Visitor
from backend.handlers.staff.messages import GiveUpBody, within_reach
from backend.queries import message_desk
from backend.queries.pages import Portion
from backend.rules.errors import DomainError
from config.roles import roles

routes = Blueprint("console_undelivered", url_prefix="/console/undelivered")


class UndeliveredQuery(PageQuery):
    """Those that wait for somebody, or those of a state."""

    state: Literal["dead", "called_back", "given_up", "told"] | None = None


@routes.get("/")
async def list_messages(request: Request) -> HTTPResponse:
    """Newest first."""
    return await _shown(request, await desk.visitor(request, "list_messages"))


@routes.post("/<message_id:str>/resend")
async def resend_message(request: Request, message_id: str) -> HTTPResponse:
    """Every channel is tried again."""
    who = await desk.sender(request, "resend_message")
    known = await within_reach(who.member, "resend_message", message_id)
    try:
        await messages_review.resend(known, act=who.act_now())
    except DomainError as error:
        draft = forms.refused("resend", request, error)
        return await _shown(request, who, draft=draft, status=422)
    return flash.done("/console/undelivered", "message_resent")


@routes.post("/<message_id:str>/give-up")
async def give_up_message(request: Request, message_id: str) -> HTTPResponse:
    """The person knows by other means, or need not."""
    who = await desk.sender(request, "give_up_message")
    known = await within_reach(who.member, "give_up_message", message_id)
    try:
        note = forms.read(GiveUpBody, request).note
        await messages_review.give_up(known, note, act=who.act_now())
    except DomainError as error:
        draft = forms.refused(f"give-up-{known}", request, error)
        return await _shown(request, who, draft=draft, status=422)
    return flash.done("/console/undelivered", "message_given_up")


async def _shown(
    request: Request, who: Visitor, *, draft: Draft = NOTHING, status: int = 200
) -> HTTPResponse:
    asked = lists.asked(UndeliveredQuery, request)
    found = await message_desk.list_messages(
        who.member,
        roles().of("list_messages"),
        Portion.asked(asked.cursor, asked.limit),
        state=asked.state,
    )
    return await page(
        request,
        who,
        "undelivered/list.html",
        status=status,
        found=found,
        asked=asked,
        address=lists.address("/console/undelivered", asked),
        draft=draft,
    )
