"""What the public account shows and says: its menu, and every message before customers read it."""

from typing import Literal

from sanic import Blueprint, HTTPResponse, Request

from backend import clock
from backend.actions import account_menu
from backend.gateways.wechat.refusals import WeChatTrouble
from backend.handlers.bodies import OptionalName, PageQuery
from backend.handlers.console import desk, flash, lists
from backend.handlers.console.render import page
from backend.handlers.pages.session import Visitor
from backend.handlers.services import services_of
from backend.queries.message_previews import previews
from backend.rules import menus
from backend.rules.wording import say_reason
from config import policy
from config.menus import menu

routes = Blueprint("console_account", url_prefix="/console")

_MENU = "publish_menu"
Standing = Literal["same", "different", "none", "unknown"]


@routes.get("/menu")
async def show_menu(request: Request) -> HTTPResponse:
    """Our menu as a phone shows it, and whether the platform has the same."""
    return await _menu(request, await desk.visitor(request, _MENU))


@routes.post("/menu")
async def publish_menu(request: Request) -> HTTPResponse:
    """Puts our menu in place."""
    who = await desk.sender(request, _MENU)
    try:
        await account_menu.publish(services_of(request).gateways.official_account, act=who.act_now())
    except WeChatTrouble as refusal:
        return await _menu(request, who, refused=say_reason(refusal.reason), status=503)
    return flash.done("/console/menu", "menu_published")


class PreviewsQuery(PageQuery):
    """`faulty`: only what is too long for a channel."""

    words: OptionalName = None
    faulty: bool = False


@routes.get("/message-previews")
async def show_previews(request: Request) -> HTTPResponse:
    """Every message with sample facts, channel by channel."""
    who = await desk.visitor(request, "preview_messages")
    asked = lists.asked(PreviewsQuery, request)
    wanted = asked.words or ""
    found = [
        one
        for one in previews(now=clock.now(), zone=policy.current().tz)
        if (one.faults or not asked.faulty) and wanted in f"{one.key} {one.title} {one.body}"
    ]
    return await page(request, who, "admin/previews.html", found=found, asked=asked)


async def _menu(request: Request, who: Visitor, *, refused: str = "", status: int = 200) -> HTTPResponse:
    account, ours = services_of(request).gateways.official_account, menu()
    standing: Standing = "unknown"
    trouble, theirs = "", None
    try:
        theirs = await account.find_menu()
        same = theirs is not None and menus.lines(theirs) == menus.lines(ours.as_platform())
        standing = "none" if theirs is None else "same" if same else "different"
    except WeChatTrouble as refusal:
        trouble = say_reason(refusal.reason)
    return await page(
        request,
        who,
        "admin/menu.html",
        status=status,
        ours=ours.buttons,
        theirs=menus.lines(theirs) if theirs else (),
        standing=standing,
        trouble=trouble,
        refused=refused,
    )
