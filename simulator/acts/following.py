"""Following the account, leaving it, scanning its codes, tapping its menu."""

from typing import Any

from simulator.acts.perform import Outcome, event_fields, perform
from simulator.memory.people import Person
from simulator.memory.phones import OWN, Content
from simulator.memory.scenes import Scene
from simulator.memory.windows import TAP
from simulator.settings import Kind
from simulator.world import World

_LETS_WRITE = ("click", "scancode_push", "scancode_waitmsg")  # the only menu taps that open a window
_EVENTS = {"click": "CLICK", "view": "VIEW", "miniprogram": "view_miniprogram"}


class ExpiredScene(Exception):
    """The QR code is too old: the phone says so and the backend hears nothing."""


async def follow(world: World, person: Person, scene: str | None) -> Outcome:
    """By search, or by a QR code with a scene. Raises ExpiredScene."""
    known = _current(world, scene)
    person.follows, person.entered_by = True, scene or ""
    fields = {"EventKey": f"qrscene_{known.scene if known else scene}" if scene else ""}
    return await _tap(world, person, "subscribe", _with_ticket(fields, known))


async def unfollow(world: World, person: Person) -> Outcome:
    """Leaves without a word: nothing the backend answers is shown."""
    person.follows = False
    world.told(person)
    account = world.account(Kind.OFFICIAL_ACCOUNT)
    fields = event_fields(world, account, person, "unsubscribe", {"EventKey": ""})
    return await perform(world, account, person, fields)


async def scan(world: World, person: Person, scene: str) -> Outcome:
    """A QR code of the account by scene, ticket or address: SCAN for a follower, else a follow. Raises ExpiredScene."""
    if not person.follows:
        return await follow(world, person, scene)
    known = _current(world, scene)
    person.entered_by = scene
    fields = {"EventKey": known.scene if known else scene}
    return await _tap(world, person, "SCAN", _with_ticket(fields, known))


async def tap_menu(world: World, person: Person, name: str) -> Outcome:
    """A menu button by key, name or address. Raises LookupError when this person sees no such button."""
    button = world.menus.find_button(person, name)
    if button is None:
        raise LookupError(f"no button {name} in the menu")
    kind = str(button["type"])
    key = {"view": "url", "miniprogram": "pagepath"}.get(kind, "key")
    own = Content(channel=OWN, kind="tap", text=str(button["name"]), detail=button)
    world.phones.put(person.key, own, now=world.now())
    fields: dict[str, Any] = {"EventKey": str(button.get(key, ""))}
    return await _tap(world, person, _EVENTS.get(kind, kind), fields, lets_write=kind in _LETS_WRITE)


async def _tap(
    world: World, person: Person, event: str, more: dict[str, Any], *, lets_write: bool = True
) -> Outcome:
    account = world.account(Kind.OFFICIAL_ACCOUNT)
    world.told(person)
    if lets_write:
        world.windows.open(account.kind, person.openids[account.kind], TAP, now=world.now())
    return await perform(world, account, person, event_fields(world, account, person, event, more))


def _current(world: World, scene: str | None) -> Scene | None:
    """A scene the backend never made is taken as it stands, without a ticket."""
    known = world.scenes.find(scene) if scene else None
    if known and known.ends and world.now() >= known.ends:
        raise ExpiredScene(known.scene)
    return known


def _with_ticket(fields: dict[str, Any], known: Scene | None) -> dict[str, Any]:
    return {**fields, "Ticket": known.ticket} if known else fields
