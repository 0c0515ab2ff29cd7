"""The hotline desk: who calls, what is known of them, the call logged while talking, whom to call back."""

from uuid import uuid4

from sanic import Blueprint, HTTPResponse, Request

from backend import clock
from backend.actions import audit, hotline
from backend.actions.hotline import CallNote
from backend.bots import wording
from backend.handlers import parsing
from backend.handlers.bodies import Body, OptionalLine, OptionalName, Phone
from backend.handlers.console import desk, flash, lists
from backend.handlers.console.render import fragment, page
from backend.handlers.filing_bodies import FilingBody
from backend.handlers.pages import forms
from backend.handlers.pages.forms import NOTHING, Draft
from backend.handlers.pages.session import Visitor, sent
from backend.handlers.staff.calls import CallBody, unnoticed_danger
from backend.handlers.staff.tasks import FinishBody
from backend.queries import call_backs, caller_file, caller_search, live_desk, talk_lines
from backend.queries.live_desk import TalkView
from backend.queries.pages import Portion
from backend.rules.errors import DomainError, InvalidField
from config.limits import limits

routes = Blueprint("console_hotline", url_prefix="/console/hotline")

DESK = "/console/hotline"
_DOOR = "show_hotline"


class FindQuery(Body):
    query: OptionalLine = None


class DeskCallBody(CallBody):
    """A call as the desk logs it: words that sound like danger want the agent's word that they are none."""

    no_danger: bool = False


class CallerQuery(Body):
    """A phone, or the number of an application of theirs."""

    phone: Phone | None = None
    number: OptionalName = None


@routes.get("/")
async def show_desk(request: Request) -> HTTPResponse:
    """Search, call, queue on one screen; with `talk` that conversation too."""
    who = await desk.visitor(request, _DOOR)
    return await shown(request, who, saved=request.args.get("saved") or "")


@routes.get("/find")
async def find(request: Request) -> HTTPResponse:
    """Whoever the words may mean."""
    who = await desk.visitor(request, _DOOR)
    asked = parsing.validate(FindQuery, lists.filled(request)).query or ""
    return await fragment(
        request, who, "hotline/found.html", found=await caller_search.find(asked), asked=asked
    )


@routes.get("/caller")
async def show_caller(request: Request) -> HTTPResponse:
    """All that is known of one caller; who looks is noted."""
    who = await desk.visitor(request, _DOOR)
    asked = parsing.validate(CallerQuery, lists.filled(request))
    phone = asked.phone or await caller_file.phone_of(asked.number or "")
    await audit.note_search(phone, act=who.act_now())
    known = await caller_file.get(phone, now=clock.now())
    return await fragment(request, who, "hotline/caller.html", caller=known)


@routes.get("/call-backs")
async def show_call_backs(request: Request) -> HTTPResponse:
    """Whom to call back, as it is now."""
    who = await desk.visitor(request, _DOOR)
    return await fragment(request, who, "hotline/call_backs.html", call_backs=await call_backs.list_open())


@routes.post("/calls")
async def log_call(request: Request) -> HTTPResponse:
    """Logs the call with all that follows from it; however often it is sent, once."""
    who = await desk.sender(request, "log_call")
    try:
        note = _note(request)
        await forms.once(request, who, "call", lambda: hotline.log_call(note, act=who.act_now()))
    except DomainError as error:
        return await shown(request, who, draft=forms.refused("call", request, error), status=422)
    said = {"emergency": "call_alarmed", "application": "call_filed"}.get(note.kind, "call_logged")
    return flash.done(f"{DESK}/?saved={sent(request, 'once')}", said)


@routes.post("/call-backs/<task_id:int>/done")
async def finish_call_back(request: Request, task_id: int) -> HTTPResponse:
    """The customer was called: with a word on how it went."""
    who = await desk.sender(request, "finish_task")
    try:
        outcome = forms.read(FinishBody, request).note
        done = f"call_back:{task_id}"
        await forms.once(
            request, who, done, lambda: hotline.call_back_done(task_id, outcome, act=who.act_now())
        )
    except DomainError as error:
        draft = forms.refused("call_back", request, error)
        return await shown(request, who, draft=draft, status=422)
    return flash.done(f"{DESK}/", "called_back")


async def shown(
    request: Request, who: Visitor, *, draft: Draft = NOTHING, saved: str = "", status: int = 200
) -> HTTPResponse:
    """The whole desk."""
    return await page(
        request,
        who,
        "hotline/desk.html",
        status=status,
        draft=draft,
        saved=saved,
        safety=wording.say("emergency").splitlines(),
        call_backs=await call_backs.list_open(),
        talks=(await live_desk.list_talks(ended=False, portion=Portion(limit=limits().pages.most))).items,
        **await _open_talk(request, who),
    )


async def _open_talk(request: Request, who: Visitor) -> dict[str, object]:
    """The conversation on the screen, if one was asked for; who reads it is noted."""
    asked = request.args.get("talk") or ""
    if not asked.isdecimal() or len(asked) > len(str(2**62)):
        return {"talk": None, "lines": (), "words_left": 0, "caller": None}
    talk: TalkView = await live_desk.get_talk(int(asked))
    await audit.note_talk_reading(talk.id, act=who.act_now())
    left, _ = await live_desk.words_left(talk)
    caller = await caller_file.get(talk.contact_phone, now=clock.now()) if talk.contact_phone else None
    lines = await talk_lines.lines_of(talk.openid)
    return {"talk": talk, "lines": lines, "words_left": left, "caller": caller, "reply_once": uuid4().hex}


def _note(request: Request) -> CallNote:
    """What was typed, with the application a caller who has none yet asks for. Raises InvalidRequest, InvalidField."""
    call, typed = forms.read(DeskCallBody, request), forms.typed(request)
    danger = unnoticed_danger(call)
    if danger and not call.no_danger:
        raise InvalidField(field="kind", sentence="sounds_like_danger", words=danger.words)
    filing = None
    if call.kind == "application" and call.application_number is None:
        asked = parsing.validate(FilingBody, {**typed, "contact_phone": call.caller_phone})
        filing = asked.filing("hotline")
    return CallNote(
        caller_phone=call.caller_phone,
        kind=call.kind,
        content=call.content,
        outcome=call.outcome,
        callback_at=call.callback_at,
        application_number=call.application_number,
        filing=filing,
        danger=call.danger,
        address=call.address,
    )
