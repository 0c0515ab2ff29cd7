"""Acts of a person. Each waits for the backend's answer and returns the passive reply that was shown."""

from collections.abc import Awaitable
from typing import Any

from sanic import Blueprint, HTTPResponse, Request

from simulator.acts import following, permitting, speaking
from simulator.acts.perform import Outcome
from simulator.control.basics import Wrong, answer, body_of, person_of, world_of
from simulator.settings import Kind

acts = Blueprint("control_acts", url_prefix="/sim/users/<key:str>")


async def _done(act: Awaitable[Outcome]) -> HTTPResponse:
    try:
        return answer((await act).view())
    except following.ExpiredScene as error:
        raise Wrong(f"二维码已过期: {error}", status_code=410) from error
    except LookupError as error:
        raise Wrong(str(error), status_code=404) from error
    except ValueError as error:
        raise Wrong(str(error)) from error


def _app(body: dict[str, Any]) -> str:
    return str(body.get("app", Kind.OFFICIAL_ACCOUNT))


@acts.post("/say")
async def say(request: Request, key: str) -> HTTPResponse:
    return await _done(speaking.say(world_of(request), person_of(request, key), body_of(request)))


@acts.post("/image")
async def image(request: Request, key: str) -> HTTPResponse:
    """Multipart `file`, or the bytes themselves as the body."""
    files = request.files.get("file") if request.files else None
    content = files.body if files else request.body
    app = str(request.args.get("app") or Kind.OFFICIAL_ACCOUNT)
    return await _done(speaking.show_image(world_of(request), person_of(request, key), content, app))


@acts.post("/voice")
async def voice(request: Request, key: str) -> HTTPResponse:
    return await _done(speaking.speak(world_of(request), person_of(request, key), body_of(request)))


@acts.post("/location")
async def location(request: Request, key: str) -> HTTPResponse:
    return await _done(speaking.show_place(world_of(request), person_of(request, key), body_of(request)))


@acts.post("/link")
async def link(request: Request, key: str) -> HTTPResponse:
    return await _done(speaking.share_link(world_of(request), person_of(request, key), body_of(request)))


@acts.post("/follow")
async def follow(request: Request, key: str) -> HTTPResponse:
    scene = body_of(request).get("scene")
    return await _done(following.follow(world_of(request), person_of(request, key), scene))


@acts.post("/unfollow")
async def unfollow(request: Request, key: str) -> HTTPResponse:
    return await _done(following.unfollow(world_of(request), person_of(request, key)))


@acts.post("/scan")
async def scan(request: Request, key: str) -> HTTPResponse:
    """`scene`: the scene's name, the ticket, or the address inside the QR code."""
    scene = str(body_of(request).get("scene") or "")
    if not scene:
        raise Wrong("scene is missing")
    return await _done(following.scan(world_of(request), person_of(request, key), scene))


@acts.post("/click")
async def click(request: Request, key: str) -> HTTPResponse:
    """A menu button by its key, name or address."""
    name = str(body_of(request).get("button") or "")
    return await _done(following.tap_menu(world_of(request), person_of(request, key), name))


@acts.post("/subscribe")
async def subscribe(request: Request, key: str) -> HTTPResponse:
    """`results` as wx.requestSubscribeMessage gives them; `wait: false` answers before the backend has heard of it."""
    body, person = body_of(request), person_of(request, key)
    app = str(body.get("app", Kind.MINI_PROGRAM))
    results = body.get("results") or {}
    if body.get("wait", True):
        return await _done(permitting.answer_request(world_of(request), person, results, app))
    try:
        permitting.answer_in_passing(world_of(request), person, results, app)
    except ValueError as error:
        raise Wrong(str(error)) from error
    return answer({"results": results})


@acts.post("/event")
async def event(request: Request, key: str) -> HTTPResponse:
    """Any callback: `fields` are laid over the common fields of an event."""
    body = body_of(request)
    fields = body.get("fields") or {}
    return await _done(permitting.send_raw(world_of(request), person_of(request, key), fields, _app(body)))


@acts.post("/repeat")
async def repeat(request: Request, key: str) -> HTTPResponse:
    """The last callback of this person once more, with the same MsgId and CreateTime."""
    return await _done(permitting.repeat_last(world_of(request), person_of(request, key)))
