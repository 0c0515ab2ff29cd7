"""The account's menu and the tags that conditional menus look at."""

from typing import Any

from simulator.doors.door import OA, Call, Door, account_of, ok, receiver
from simulator.errors import PlatformError
from simulator.world import World


def create(world: World, call: Call) -> dict[str, Any]:
    world.menus.create(call.body)
    world.live.tell("menu", {})
    return ok()


def get(world: World, _call: Call) -> dict[str, Any]:
    """Raises 46003 when no menu was made."""
    if world.menus.default is None:
        raise PlatformError(46003)
    return {"menu": world.menus.default, "conditionalmenu": world.menus.conditional}


def delete(world: World, _call: Call) -> dict[str, Any]:
    world.menus.delete()
    world.live.tell("menu", {})
    return ok()


def add_conditional(world: World, call: Call) -> dict[str, Any]:
    menu_id = world.menus.add_conditional(call.body)
    world.live.tell("menu", {})
    return {"menuid": menu_id}


def create_tag(world: World, call: Call) -> dict[str, Any]:
    name = str((call.body.get("tag") or {}).get("name") or "")
    if not name:
        raise PlatformError(40035, "tag.name")
    return {"tag": {"id": world.tags.get(name), "name": name}}


def get_tags(world: World, _call: Call) -> dict[str, Any]:
    return {"tags": [{"id": number, "name": name} for name, number in world.tags.every().items()]}


def tag(world: World, call: Call) -> dict[str, Any]:
    """POST members/batchtagging."""
    for openid in call.body.get("openid_list") or []:
        receiver(world, account_of(call), openid).tags.add(int(call.body["tagid"]))
    world.live.tell("menu", {})
    return ok()


def untag(world: World, call: Call) -> dict[str, Any]:
    """POST members/batchuntagging."""
    for openid in call.body.get("openid_list") or []:
        receiver(world, account_of(call), openid).tags.discard(int(call.body["tagid"]))
    world.live.tell("menu", {})
    return ok()


DOORS = (
    Door(path="/cgi-bin/menu/create", serve=create, wants=OA),
    Door(path="/cgi-bin/menu/get", serve=get, wants=OA, method="GET"),
    Door(path="/cgi-bin/menu/delete", serve=delete, wants=OA, method="GET"),
    Door(path="/cgi-bin/menu/addconditional", serve=add_conditional, wants=OA),
    Door(path="/cgi-bin/tags/create", serve=create_tag, wants=OA),
    Door(path="/cgi-bin/tags/get", serve=get_tags, wants=OA, method="GET"),
    Door(path="/cgi-bin/tags/members/batchtagging", serve=tag, wants=OA),
    Door(path="/cgi-bin/tags/members/batchuntagging", serve=untag, wants=OA),
)
