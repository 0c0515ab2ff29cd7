"""Pauses under review: was the reason true? One that was not is annulled, and its time counts again (§1.2-3)."""

from sanic import Blueprint, HTTPResponse, Request

from backend.actions import annulments
from backend.handlers.bodies import PageQuery
from backend.handlers.console import desk, flash, lists
from backend.handlers.console.render import page
from backend.handlers.pages import forms
from backend.handlers.pages.forms import NOTHING, Draft
from backend.handlers.pages.session import Visitor
from backend.handlers.staff.corrections import AnnulBody
from backend.queries import pause_desk
from backend.queries.pages import Portion
from backend.rules.errors import DomainError
from config.roles import roles

routes = Blueprint("console_pauses", url_prefix="/console/pauses")


class PausesQuery(PageQuery):
    """Those that last, or all of them."""

    every: bool = False


@routes.get("/")
async def list_pauses(request: Request) -> HTTPResponse:
    """Newest first."""
    return await _shown(request, await desk.visitor(request, "list_pauses"))


@routes.post("/<pause_id:int>/annul")
async def annul_pause(request: Request, pause_id: int) -> HTTPResponse:
    """With a word on why; what is late by that is late at once."""
    who = await desk.sender(request, "annul_pause")
    role = await pause_desk.role_for_pause(pause_id, who.member, roles().of("annul_pause"))
    try:
        note = forms.read(AnnulBody, request).note
        await forms.once(
            request,
            who,
            f"annul:{pause_id}",
            lambda: annulments.annul(pause_id, note, act=who.act_now(role)),
        )
    except DomainError as error:
        draft = forms.refused(f"annul-{pause_id}", request, error)
        return await _shown(request, who, draft=draft, status=422)
    return flash.done("/console/pauses", "pause_annulled")


async def _shown(
    request: Request, who: Visitor, *, draft: Draft = NOTHING, status: int = 200
) -> HTTPResponse:
    asked = lists.asked(PausesQuery, request)
    found = await pause_desk.list_pauses(
        who.member,
        roles().of("list_pauses"),
        Portion.asked(asked.cursor, asked.limit),
        only_open=not asked.every,
    )
    address = lists.address("/console/pauses", asked)
    return await page(
        request,
        who,
        "pauses/list.html",
        status=status,
        found=found,
        asked=asked,
        address=address,
        draft=draft,
    )
