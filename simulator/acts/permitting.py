"""Answering a request for subscribe messages, and raw callbacks."""

from typing import Any

from simulator.acts.perform import Outcome, event_fields, perform
from simulator.memory.people import Person
from simulator.memory.windows import ENTER
from simulator.settings import Account, Kind
from simulator.world import World

_ANSWERS = ("accept", "reject", "ban")


async def answer_request(world: World, person: Person, results: dict[str, str], app: str) -> Outcome:
    """As wx.requestSubscribeMessage ends: grants counted, and the backend's answer to the news waited for.

    Raises ValueError when an answer is not accept, reject or ban."""
    account, fields = _decide(world, person, results, app)
    return await perform(world, account, person, fields)


def answer_in_passing(world: World, person: Person, results: dict[str, str], app: str) -> None:
    """The same without waiting, as a client does: the backend hears of it a moment later. Raises ValueError."""
    account, fields = _decide(world, person, results, app)
    world.receipts.plan(account, fields)


def _decide(
    world: World, person: Person, results: dict[str, str], app: str
) -> tuple[Account, dict[str, Any]]:
    if not results or any(answer not in _ANSWERS for answer in results.values()):
        raise ValueError("results maps template ids to accept, reject or ban")
    account = world.account(Kind(app))
    world.grants.answer(account.kind, person.openids[account.kind], results)
    entries = [
        {"TemplateId": template_id, "SubscribeStatusString": answer, "PopupScene": "0"}
        for template_id, answer in results.items()
        if answer != "ban"
    ]
    return account, event_fields(world, account, person, "subscribe_msg_popup_event", {"List": entries})


async def send_raw(world: World, person: Person, fields: dict[str, Any], app: str) -> Outcome:
    """Any callback: the given fields over the common ones of an event."""
    account = world.account(Kind(app))
    whole = {**event_fields(world, account, person, "", {}), **fields}
    if whole["Event"] == "user_enter_tempsession":
        world.windows.open(account.kind, person.openids[account.kind], ENTER, now=world.now())
    return await perform(world, account, person, whole)


async def repeat_last(world: World, person: Person) -> Outcome:
    """The last callback once more, signed afresh, with the same MsgId and CreateTime. Raises LookupError."""
    last = world.last_callback.get(person.key)
    if last is None:
        raise LookupError("nothing to repeat")
    account, fields = last
    return await perform(world, account, person, fields)
