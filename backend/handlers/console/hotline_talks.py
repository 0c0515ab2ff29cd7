"""Conversations at the hotline desk: the queue, taking one, answering it live, giving it back."""

from uuid import uuid4

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import redirect

from backend.actions import live_talks
from backend.handlers.console import desk, flash
from backend.handlers.console.hotline import DESK, shown
from backend.handlers.console.render import fragment
from backend.handlers.pages import forms
from backend.handlers.pages.forms import NOTHING, Draft
from backend.handlers.pages.session import Visitor
from backend.handlers.staff.talks import HandBackBody, ReplyBody
from backend.queries import live_desk, talk_lines
from backend.queries.pages import Portion
from backend.rules.errors import DomainError, Forbidden
from config.limits import limits

routes = Blueprint("console_hotline_talks", url_prefix="/console/hotline/talks")


@routes.get("/")
async def show_queue(request: Request) -> HTTPResponse:
    """Who waits, and who is being talked with."""
    who = await desk.visitor(request, "show_hotline")
    found = await live_desk.list_talks(ended=False, portion=Portion(limit=limits().pages.most))
    return await fragment(request, who, "hotline/queue.html", talks=found.items)


@routes.get("/<talk_id:int>/lines")
async def show_lines(request: Request, talk_id: int) -> HTTPResponse:
    """What was said, as it is now, for the agent who has the talk: they were noted when they took it."""
    who = await desk.visitor(request, "show_hotline")
    talk = await live_desk.get_talk(talk_id)
    if talk.agent_id != who.member.id:
        raise Forbidden
    left, _ = await live_desk.words_left(talk)
    lines = await talk_lines.lines_of(talk.openid)
    return await fragment(request, who, "hotline/lines.html", talk=talk, lines=lines, words_left=left)


@routes.post("/<talk_id:int>/take")
async def take(request: Request, talk_id: int) -> HTTPResponse:
    """The talk is this agent's."""
    who = await desk.sender(request, "take_talk")
    try:
        await live_talks.take(talk_id, act=who.act_now())
    except DomainError as error:
        return await shown(request, who, draft=forms.refused("take", request, error), status=422)
    return redirect(f"{DESK}/?talk={talk_id}", status=303)


@routes.post("/<talk_id:int>/reply")
async def reply(request: Request, talk_id: int) -> HTTPResponse:
    """Sends the agent's words; the form comes back empty, or with why not."""
    who = await desk.sender(request, "reply_in_talk")
    try:
        text = forms.read(ReplyBody, request).text
        await forms.once(
            request, who, f"reply:{talk_id}", lambda: live_talks.reply(talk_id, text, act=who.act_now())
        )
    except DomainError as error:
        draft = forms.refused("reply", request, error)
        return await _form(request, who, talk_id, draft)
    answer = await _form(request, who, talk_id, NOTHING)
    answer.headers["HX-Trigger"] = "talked"
    return answer


@routes.post("/<talk_id:int>/hand-back")
async def hand_back(request: Request, talk_id: int) -> HTTPResponse:
    """The assistant answers this customer again."""
    who = await desk.sender(request, "hand_back_talk")
    try:
        note = forms.read(HandBackBody, request).note
        await live_talks.hand_back(talk_id, note, act=who.act_now())
    except DomainError as error:
        return await shown(request, who, draft=forms.refused("hand_back", request, error), status=422)
    return flash.done(f"{DESK}/", "handed_back")


async def _form(request: Request, who: Visitor, talk_id: int, draft: Draft) -> HTTPResponse:
    talk = await live_desk.get_talk(talk_id)
    return await fragment(request, who, "hotline/reply.html", talk=talk, draft=draft, reply_once=uuid4().hex)
