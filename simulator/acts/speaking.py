"""Messages a person writes, shows or speaks in a chat."""

from typing import Any

from simulator.acts.perform import Outcome, fields_of, perform
from simulator.memory.media import image_type
from simulator.memory.people import Person
from simulator.memory.phones import OWN, Content
from simulator.memory.windows import MESSAGE, TAP, Allowance
from simulator.settings import Account, Kind
from simulator.world import World


async def send(
    world: World,
    account: Account,
    person: Person,
    own: Content,
    fields: dict[str, Any],
    allowance: Allowance = MESSAGE,
) -> Outcome:
    """Any message: shown on the person's own side, the window opened, the backend told."""
    world.phones.put(person.key, own, now=world.now())
    world.windows.open(account.kind, person.openids[account.kind], allowance, now=world.now())
    numbered = {"MsgId": next(world.numbers), **fields}
    kind = str(numbered.pop("MsgType"))
    return await perform(world, account, person, fields_of(world, account, person, kind, numbered))


async def say(world: World, person: Person, wanted: dict[str, Any]) -> Outcome:
    """Text; `bizmsgmenuid` when a line of a menu message was tapped; `msg_id` to repeat a number."""
    account = world.account(Kind(wanted.get("app", Kind.OFFICIAL_ACCOUNT)))
    text = str(wanted.get("text") or "")
    fields: dict[str, Any] = {"MsgType": "text", "Content": text}
    if wanted.get("msg_id"):
        fields["MsgId"] = int(wanted["msg_id"])
    line = wanted.get("bizmsgmenuid")
    if line is not None:
        fields["bizmsgmenuid"] = str(line)
    own = Content(channel=OWN, kind="text", text=text, detail={"app": account.kind.value})
    return await send(world, account, person, own, fields, TAP if line is not None else MESSAGE)


async def show_image(world: World, person: Person, content: bytes, app: str) -> Outcome:
    """A photograph. Raises ValueError when the bytes are no picture the platform takes."""
    content_type = image_type(content)
    if content_type is None:
        raise ValueError("no jpg, png, gif or bmp")
    account = world.account(Kind(app))
    media_id = world.media.keep(content, content_type, app=app, now=world.now())
    address = f"{world.settings.root}/sim/pictures/{media_id}"
    own = Content(channel=OWN, kind="image", text="[图片]", url=f"/sim/pictures/{media_id}")
    fields = {"MsgType": "image", "PicUrl": address, "MediaId": media_id}
    return await send(world, account, person, own, fields)


async def speak(world: World, person: Person, wanted: dict[str, Any]) -> Outcome:
    """A voice message; `recognition` is what the platform understood, absent when it did not."""
    app = Kind.OFFICIAL_ACCOUNT
    media_id = world.media.keep(b"#!AMR\n", "audio/amr", app=app.value, now=world.now())
    fields: dict[str, Any] = {"MsgType": "voice", "MediaId": media_id, "Format": "amr"}
    heard = str(wanted.get("recognition") or "")
    if heard:
        fields["Recognition"] = heard
    own = Content(channel=OWN, kind="voice", text=heard or "[语音]")
    return await send(world, world.account(app), person, own, fields)


async def show_place(world: World, person: Person, wanted: dict[str, Any]) -> Outcome:
    """A location: latitude, longitude and a label."""
    label = str(wanted.get("label") or "")
    fields = {
        "MsgType": "location",
        "Location_X": str(wanted.get("latitude", "34.3956")),
        "Location_Y": str(wanted.get("longitude", "113.7406")),
        "Scale": str(wanted.get("scale", 16)),
        "Label": label,
    }
    own = Content(channel=OWN, kind="location", text=label or "[位置]", detail=fields)
    return await send(world, world.account(Kind.OFFICIAL_ACCOUNT), person, own, fields)


async def share_link(world: World, person: Person, wanted: dict[str, Any]) -> Outcome:
    """A web page passed on."""
    url = str(wanted.get("url") or "")
    title = str(wanted.get("title") or url)
    description = str(wanted.get("description") or "")
    fields = {"MsgType": "link", "Title": title, "Description": description, "Url": url}
    own = Content(channel=OWN, kind="link", text=title, url=url)
    return await send(world, world.account(Kind.OFFICIAL_ACCOUNT), person, own, fields)
