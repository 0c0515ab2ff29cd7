"""The four parties sign (四方联合验收, §1.1-5): on one phone passed round, or each on their own."""

from dataclasses import dataclass

from sanic import Blueprint, HTTPResponse, Request

from backend import clock
from backend.actions import audit
from backend.handlers.field.project_fields import parties_left
from backend.handlers.field.render import page
from backend.handlers.pages import session
from backend.handlers.pages.session import Visitor
from backend.queries import inbox, projects, reach
from backend.queries.completions import RoundView, SignOffView
from backend.rules.errors import NotFound
from config.acceptance import acceptance
from config.messages.project_texts import project_pages
from config.messages.texts import words
from config.roles import roles

routes = Blueprint("field_signing", url_prefix="/m/projects")


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One party of the round: its signature, or whether the visitor may take it down."""

    key: str
    name: str
    signed: SignOffView | None
    mine: bool


@routes.get("/<project_id:int>/signing")
async def show_signing(request: Request, project_id: int) -> HTTPResponse:
    """The parties of the newest round, each with its signature or the pad for it; who reads it is noted."""
    who = await session.visitor(request)
    role = await reach.role_for_project(project_id, who.member, roles().of("sign_off"))
    await audit.note_project_reading(project_id, act=who.act_now(role))
    return await show(who, project_id)


async def show(who: Visitor, project_id: int, *, message: str = "", status: int = 200) -> HTTPResponse:
    """The page; `message` says why the last signature was refused. Raises NotFound, Forbidden."""
    file = await projects.get(project_id, now=clock.now())
    if not file.acceptance_rounds:
        raise NotFound
    reached = await reach.roles_for_project(project_id, who.member, roles().of("sign_off"))
    return await page(
        "signing.html",
        status=status,
        message=message,
        who=who,
        unread=await inbox.count_unread(who.member.id),
        case=file,
        round=file.acceptance_rounds[-1],
        parties=_parties(file.acceptance_rounds[-1], parties_left(file, reached)),
        p=project_pages(),
        pulse=f"/m/pulse/projects/{project_id}",
        scripts=("field-sign.js",),
    )


def _parties(round_: RoundView, mine: tuple[str, ...]) -> list[Party]:
    signed = {one.party: one for one in round_.sign_offs}
    return [
        Party(key=key, name=words().parties[key], signed=signed.get(key), mine=key in mine)
        for key in acceptance().parties
    ]
