"""QR codes with a scene."""

from datetime import timedelta
from typing import Any

from simulator.doors.door import OA, Call, Door
from simulator.errors import PlatformError
from simulator.memory.media import File
from simulator.memory.scenes import picture
from simulator.world import World

_TEMPORARY = {"QR_SCENE": "scene_id", "QR_STR_SCENE": "scene_str"}
_PERMANENT = {"QR_LIMIT_SCENE": "scene_id", "QR_LIMIT_STR_SCENE": "scene_str"}
_LONGEST = timedelta(days=30)
_SHORTEST = timedelta(seconds=60)


def create(world: World, call: Call) -> dict[str, Any]:
    """Raises 40035 for an unknown action or a scene that is not 1–64 characters."""
    action = call.text("action_name")
    field = {**_TEMPORARY, **_PERMANENT}.get(action)
    scene = ((call.body.get("action_info") or {}).get("scene") or {}).get(field) if field else None
    if scene is None or not 1 <= len(str(scene)) <= 64:
        raise PlatformError(40035, "action_info.scene")
    if action in _PERMANENT:
        made = world.scenes.create(str(scene), ends=None)
        return {"ticket": made.ticket, "url": made.url}
    life = min(timedelta(seconds=int(call.body.get("expire_seconds") or 60)), _LONGEST)
    life = max(life, _SHORTEST)
    made = world.scenes.create(str(scene), ends=call.now + life)
    return {"ticket": made.ticket, "expire_seconds": int(life.total_seconds()), "url": made.url}


def show(world: World, call: Call) -> File:
    """The picture for a ticket; it needs no token. Raises 40035 for an unknown one."""
    found = world.scenes.find(call.query.get("ticket", ""))
    if found is None:
        raise PlatformError(40035, "ticket")
    return File(content=picture(found.url), content_type="image/png")


DOORS = (
    Door(path="/cgi-bin/qrcode/create", serve=create, wants=OA),
    Door(path="/cgi-bin/showqrcode", serve=show, method="GET"),
)
