"""Temporary media."""

from simulator.doors.door import WECHAT, WECOM, Answer, Call, Door, account_of
from simulator.errors import PlatformError
from simulator.memory.media import File, image_type
from simulator.world import World

_MEGABYTE = 1024 * 1024
_LARGEST = {"image": 10 * _MEGABYTE, "voice": 2 * _MEGABYTE, "video": 10 * _MEGABYTE, "thumb": 64 * 1024}


def upload(world: World, call: Call) -> Answer:
    """The part is named `media`. Raises 40004, 41005, 45002, or 40004 when an image is none."""
    kind = call.query.get("type", "")
    if kind not in _LARGEST:
        raise PlatformError(40004)
    if call.upload is None:
        raise PlatformError(41005)
    if len(call.upload.content) > _LARGEST[kind]:
        raise PlatformError(45002)
    content_type = image_type(call.upload.content) if kind == "image" else call.upload.content_type
    if content_type is None:
        raise PlatformError(40004)
    app = account_of(call).kind.value
    media_id = world.media.keep(
        call.upload.content, content_type, app=app, name=call.upload.name, now=call.now
    )
    return {"type": kind, "media_id": media_id, "created_at": int(call.now.timestamp())}


def get(world: World, call: Call) -> File:
    """The file, to the app it was sent to; an error comes as JSON. Raises 40007."""
    app = account_of(call).kind.value
    file = world.media.get(call.query.get("media_id", ""), app=app, now=call.now)
    ending = file.content_type.partition("/")[2] or "bin"
    return File(content=file.content, content_type=file.content_type, name=file.name or f"media.{ending}")


DOORS = (
    Door(path="/cgi-bin/media/upload", serve=upload, wants=WECHAT | WECOM, takes_upload=True),
    Door(path="/cgi-bin/media/get", serve=get, wants=WECHAT | WECOM, method="GET"),
)
