"""Template messages of the official account."""

from datetime import timedelta
from typing import Any

from simulator.doors.door import OA, WECHAT, Call, Door, account_of, ok, receiver
from simulator.doors.receipts import fate, plan_receipt
from simulator.errors import PlatformError
from simulator.memory.phones import Content
from simulator.memory.templates import checked_values
from simulator.settings import Kind
from simulator.world import World

_ONCE = timedelta(minutes=10)


def send(world: World, call: Call) -> dict[str, Any]:
    """To followers only; one message per openid and client_msg_id in ten minutes."""
    account = account_of(call)
    person = receiver(world, account, call.body.get("touser"))
    template = world.templates.get(account.kind, call.text("template_id"), subscribe=False)
    values = checked_values(template, call.body.get("data"))
    if not person.follows:
        raise PlatformError(43004)
    page = _page(world, call)
    key = (call.text("touser"), call.text("client_msg_id"))
    sent = world.once.find(*key, now=call.now) if key[1] else None
    if sent:
        return ok(msgid=int(sent))
    number = next(world.numbers)
    if key[1]:
        world.once.keep(*key, msgid=str(number), life=_ONCE, now=call.now)
    status = fate(world, call.path, person)
    if status == "success":
        content = Content(
            channel="template",
            kind="card",
            text=template.shown(values),
            url=call.text("url"),
            page=page,
            template_id=template.template_id,
            msgid=str(number),
            detail={"title": template.title, "lines": template.lines(values), "data": values},
        )
        world.phones.put(person.key, content, now=call.now)
    receipt = {"MsgID": number, "Status": status}
    plan_receipt(world, call.path, account, person, "TEMPLATESENDJOBFINISH", receipt)
    return ok(msgid=number)


def _page(world: World, call: Call) -> str:
    """The mini-program page of the card. Raises 40013 for a foreign app, 40165 for no page path."""
    jump = call.body.get("miniprogram") or {}
    if not jump.get("appid"):
        return ""
    if jump["appid"] != world.account(Kind.MINI_PROGRAM).app_id:
        raise PlatformError(40013)
    page = str(jump.get("pagepath") or "")
    if page.startswith("/"):
        raise PlatformError(40165)
    return page


def private_templates(world: World, _call: Call) -> dict[str, Any]:
    """GET /cgi-bin/template/get_all_private_template."""
    return {
        "template_list": [
            {
                "template_id": template.template_id,
                "title": template.title,
                "primary_industry": "公用事业",
                "deputy_industry": "燃气",
                "content": template.content,
                "example": template.content,
            }
            for template in world.templates.of(Kind.OFFICIAL_ACCOUNT, subscribe=False)
        ]
    }


def subscribe_templates(world: World, call: Call) -> dict[str, Any]:
    """GET /wxaapi/newtmpl/gettemplate: those of the app that asks."""
    rows = [
        {
            "priTmplId": template.template_id,
            "title": template.title,
            "content": template.content,
            "example": template.content,
            "type": 2,
        }
        for template in world.templates.of(account_of(call).kind, subscribe=True)
    ]
    return ok(data=rows)


DOORS = (
    Door(path="/cgi-bin/message/template/send", serve=send, wants=OA),
    Door(path="/cgi-bin/template/get_all_private_template", serve=private_templates, wants=OA, method="GET"),
    Door(path="/wxaapi/newtmpl/gettemplate", serve=subscribe_templates, wants=WECHAT, method="GET"),
)
