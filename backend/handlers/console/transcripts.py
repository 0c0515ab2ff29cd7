"""Transcripts for supervisors: each turn with what was understood and why; a wrong one is marked and becomes training text."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import get_args

from sanic import Blueprint, HTTPResponse, Request

from backend import clock
from backend.actions import transcripts
from backend.bots.training_line import masked, training_line
from backend.bots.understanding.values import Intent
from backend.handlers.bodies import Body, OptionalName, PageQuery
from backend.handlers.console import desk, flash, lists
from backend.handlers.console.render import page
from backend.handlers.pages import forms
from backend.handlers.pages.forms import NOTHING, Draft
from backend.handlers.pages.session import Visitor
from backend.queries import standings
from backend.queries import transcripts as queries
from backend.queries.pages import Portion
from backend.queries.transcripts import Search, TurnView
from backend.rules.errors import DomainError, NotFound
from config import policy
from config.knowledge_pages import pages

routes = Blueprint("console_transcripts", url_prefix="/console/transcripts")

LIST = "/console/transcripts"
_LATELY = timedelta(days=30)  # asked of nobody in particular, without a date
INTENTS: tuple[str, ...] = get_args(Intent)


class TranscriptsQuery(PageQuery):
    """What the list's form asks; an empty field asks nothing."""

    customer: OptionalName = None
    since: date | None = None
    until: date | None = None
    intent: OptionalName = None
    unsure: bool = False


class MarkBody(Body):
    intent: Intent


@routes.get("/")
async def list_transcripts(request: Request) -> HTTPResponse:
    """Newest first; who wrote and what is personal is masked."""
    who = await desk.visitor(request, "list_transcripts")
    asked = lists.asked(TranscriptsQuery, request)
    if asked.since is None and asked.customer is None:
        asked = asked.model_copy(
            update={"since": clock.now().astimezone(policy.current().tz).date() - _LATELY}
        )
    search = Search(
        customer=asked.customer,
        since=asked.since,
        until=asked.until,
        intent=asked.intent,
        unsure=asked.unsure,
    )
    found = await queries.list_turns(search, Portion.asked(asked.cursor, asked.limit))
    return await page(
        request,
        who,
        "transcripts/list.html",
        found=replace(found, items=tuple(map(_masked, found.items))),
        asked=asked,
        marked=await queries.count_marked(),
        address=lists.address(f"{LIST}/", asked),
    )


@routes.get("/<message_id:int>")
async def show_transcript(request: Request, message_id: int) -> HTTPResponse:
    """The conversation round one turn; who reads it is noted."""
    who = await desk.visitor(request, "show_transcript")
    return await _shown(request, who, message_id)


@routes.post("/<message_id:int>/mark")
async def mark_misunderstanding(request: Request, message_id: int) -> HTTPResponse:
    """The assistant took it for something else."""
    who = await desk.sender(request, "mark_misunderstanding")
    turn, _ = await queries.get_conversation(message_id)
    try:
        intent = forms.read(MarkBody, request).intent
        await transcripts.mark(message_id, intent, await _training_line(turn), act=who.act_now())
    except DomainError as error:
        draft = forms.refused("mark", request, error)
        return await _shown(request, who, message_id, draft=draft, status=422)
    return flash.done(f"{LIST}/{message_id}", "misunderstanding_marked")


@routes.get("/training/<intent:str>")
async def download_training_text(request: Request, intent: str) -> HTTPResponse:
    """The marked lines of one intent, to be appended to its file in config/assistant/training."""
    await desk.visitor(request, "mark_misunderstanding")
    if intent not in INTENTS:
        raise NotFound
    lines = await queries.training_text(intent)
    headers = {"Content-Disposition": f'attachment; filename="{intent}.txt"', "Cache-Control": "no-store"}
    return HTTPResponse(
        "".join(f"{line}\n" for line in lines), headers=headers, content_type="text/plain; charset=utf-8"
    )


async def _shown(
    request: Request, who: Visitor, message_id: int, *, draft: Draft = NOTHING, status: int = 200
) -> HTTPResponse:
    turn, around = await queries.get_conversation(message_id)
    await transcripts.note_reading(message_id, act=who.act_now())
    visit_at = turn.understood.get("entities", {}).get("preferred_visit_at")
    return await page(
        request,
        who,
        "transcripts/turn.html",
        status=status,
        turn=turn,
        around=around,
        intents=INTENTS,
        line=await _training_line(turn),
        page=pages().get(turn.understood.get("page", "")),
        visit_at=datetime.fromisoformat(visit_at) if visit_at else None,
        draft=draft,
    )


async def _training_line(turn: TurnView) -> str:
    """Without what the books say of the person, however they write it."""
    standing = await standings.read(turn.app, turn.openid, "")
    return training_line(turn.text, standing.person)


def _masked(turn: TurnView) -> TurnView:
    """As lists show it: no name, phone or address, wherever it stands."""
    return replace(
        turn, text=masked(turn.text), answer=None, customer=None, understood={"by": turn.understood.get("by")}
    )
