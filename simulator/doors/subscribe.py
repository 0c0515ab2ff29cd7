"""Subscribe messages: the mini-program's and the account's."""

from typing import Any

from simulator.doors.door import MP, OA, Call, Door, account_of, ok, receiver
from simulator.doors.receipts import names_of, plan_receipt
from simulator.errors import PlatformError
from simulator.memory.faults import Fault
from simulator.memory.people import Person
from simulator.memory.phones import Content
from simulator.memory.templates import checked_values
from simulator.settings import Kind
from simulator.world import World

_STATES = ("", "developer", "trial", "formal")


def send(world: World, call: Call) -> dict[str, Any]:
    """Spends one grant of the person for this template. Raises 43101 without one."""
    if call.text("miniprogram_state") not in _STATES:
        raise PlatformError(40035, "miniprogram_state")
    page = call.text("page")
    if page.startswith("/"):
        raise PlatformError(41030)
    return _deliver(world, call, "subscribe", page)


def send_notice(world: World, call: Call) -> dict[str, Any]:
    """The account's own subscribe notice."""
    jump = call.body.get("miniprogram") or {}
    return _deliver(world, call, "bizsend", str(jump.get("pagepath") or ""))


def _deliver(world: World, call: Call, channel: str, page: str) -> dict[str, Any]:
    account = account_of(call)
    person = receiver(world, account, call.body.get("touser"))
    template = world.templates.get(account.kind, call.text("template_id"), subscribe=True)
    values = checked_values(template, call.body.get("data"))
    _check_willing(world, call, person)
    world.grants.spend(account.kind, person.openids[account.kind], template.template_id)
    number = next(world.numbers)
    content = Content(
        channel=channel,
        kind="card",
        text=template.shown(values),
        url=call.text("page") if account.kind is Kind.OFFICIAL_ACCOUNT else "",
        page=page,
        template_id=template.template_id,
        msgid=str(number),
        detail={"title": template.title, "lines": template.lines(values), "data": values},
    )
    world.phones.put(person.key, content, now=call.now)
    entry = {
        "TemplateId": template.template_id,
        "MsgID": str(number),
        "ErrorCode": "0",
        "ErrorStatus": "success",
    }
    plan_receipt(world, call.path, account, person, "subscribe_msg_sent_event", {"List": [entry]})
    return ok(msgid=number)


def _check_willing(world: World, call: Call, person: Person) -> None:
    refused = world.faults.take(call.path, frozenset({Fault.USER_REFUSED}), names_of(person))
    if refused or person.refuses:
        raise PlatformError(43101)


DOORS = (
    Door(path="/cgi-bin/message/subscribe/send", serve=send, wants=MP),
    Door(path="/cgi-bin/message/subscribe/bizsend", serve=send_notice, wants=OA),
)
