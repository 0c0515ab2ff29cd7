"""What is on the phones, and the pictures in it."""

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import raw

from simulator.control.basics import Wrong, answer, number_of, person_of, world_of
from simulator.errors import PlatformError

inbox = Blueprint("control_inbox", url_prefix="/sim")
_LONGEST_WAIT = 60.0


@inbox.get("/users/<key:str>/messages")
async def messages(request: Request, key: str) -> HTTPResponse:
    """Newer than `after`, oldest first; waits up to `wait` seconds for the first. `channel=a,b` filters, `own=1` adds the person's own."""
    world, person = world_of(request), person_of(request, key)
    after = int(number_of(request, "after", 0))
    named = request.args.get("channel")
    channels = frozenset(named.split(",")) if named else None
    own = bool(request.args.get("own"))
    wait = min(number_of(request, "wait", 0), _LONGEST_WAIT)
    if wait > 0:
        await world.phones.wait(lambda: bool(world.phones.after(person.key, after, channels, own=own)), wait)
    found = world.phones.after(person.key, after, channels, own=own)
    last = found[-1].id if found else after
    return answer({"items": [message.view() for message in found], "last": last})


@inbox.get("/pictures/<media_id:str>")
async def picture(request: Request, media_id: str) -> HTTPResponse:
    """PicUrl of an image message: the platform serves it without a token."""
    world = world_of(request)
    try:
        file = world.media.get(media_id, app=None, now=world.now())
    except PlatformError as error:
        raise Wrong("no such picture", status_code=404) from error
    return raw(file.content, content_type=file.content_type)
