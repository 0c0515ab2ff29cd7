"""One act of a person: tell the backend, show what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from simulator.callbacks.delivery import Delivered, tries_view
from simulator.callbacks.envelope import Mode
from simulator.callbacks.replies import UNAVAILABLE, BadReply, read_reply
from simulator.memory.people import Person
from simulator.memory.phones import Content, Message
from simulator.settings import Account, Kind
from simulator.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """`shown` is the passive reply or the notice; `why` says what was wrong with a bad reply."""

    shown: Message | None
    why: str
    delivered: Delivered
    fields: Mapping[str, Any]

    def view(self) -> dict[str, Any]:
        """What the control API answers to an act."""
        is_notice = self.shown is not None and self.shown.content.channel == "notice"
        return {
            "reply": self.shown.view() if self.shown and not is_notice else None,
            "notice": is_notice,
            "why": self.why,
            "tries": tries_view(self.delivered.tries),
            "fields": self.fields,
        }


def fields_of(
    world: World, account: Account, person: Person, msg_type: str, more: Mapping[str, Any]
) -> dict[str, Any]:
    """The common fields, then the message's own."""
    return {
        "ToUserName": account.original_id,
        "FromUserName": person.openids[account.kind],
        "CreateTime": world.clock.stamp(),
        "MsgType": msg_type,
        **more,
    }


def event_fields(
    world: World, account: Account, person: Person, event: str, more: Mapping[str, Any]
) -> dict[str, Any]:
    """An event about this person."""
    return fields_of(world, account, person, "event", {"Event": event, **more})


async def perform(world: World, account: Account, person: Person, fields: dict[str, Any]) -> Outcome:
    """Bring the callback to the backend and put its reply, or the notice, on the person's phone."""
    world.last_callback[person.key] = (account, fields)
    mode = world.delivery.manner.mode
    delivered = await world.delivery.bring(account, fields)
    content, why = _read(delivered, account, person, mode)
    shown = None
    if content and account.kind is Kind.OFFICIAL_ACCOUNT and fields.get("Event") != "unsubscribe":
        shown = world.phones.put(person.key, content, now=world.now())
    return Outcome(shown=shown, why=why, delivered=delivered, fields=fields)


def _read(delivered: Delivered, account: Account, person: Person, mode: Mode) -> tuple[Content | None, str]:
    notice = Content(channel="notice", kind="text", text=UNAVAILABLE)
    if delivered.answer is None:
        return notice, "no try was answered with 200"
    try:
        openid = person.openids[account.kind]
        return read_reply(delivered.answer, account=account, mode=mode, openid=openid), ""
    except BadReply as error:
        return notice, str(error)
