"""The phone pages' templates, with their texts and what every page of the phone carries."""

from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from sanic import HTTPResponse

from backend import clock
from backend.handlers.pages.forms import NOTHING
from backend.handlers.pages.rendering import Templates
from backend.handlers.pages.session import Visitor
from config.messages import texts
from config.messages.pages import pages
from config.messages.texts import words
from config.roles import roles

_templates = Templates(Path(__file__).parent / "templates", pages)

_SCRIPTS = (
    "idb-keyval.js",
    *(f"field-{name}.js" for name in ("store", "drafts", "camera", "states", "send")),
)
_EVERYWHERE = ("field-page.js", "field-clock.js", "field-live.js")
_SPANS = ("left", "overdue", "just_due", "days", "days_hours", "hours_minutes", "hours", "minutes")


async def page(
    name: str, *, status: int = 200, scripts: tuple[str, ...] = (), **context: Any
) -> HTTPResponse:
    """The template as an answer; `scripts` are those that only this page needs."""
    who: Visitor | None = context.get("who")
    shared = {
        "now": clock.now(),
        "once": uuid4().hex,
        "nothing": NOTHING,
        "said": {**pages()["device"], **{name: getattr(words(), name) for name in _SPANS}},
        "scripts": (*_SCRIPTS, *scripts, *_EVERYWHERE),
        "canvasses": who is not None and may_canvass(who),
    }
    return await _templates.page(name, status=status, **{**shared, **context})


def may_canvass(who: Visitor) -> bool:
    """Whether the visitor is one of those who file at a customer's door."""
    return any(role in who.member.roles for role in roles().of("canvass"))


def _map_link(address: str) -> str:
    return texts.fill(pages()["common"]["map_link"], {"address": quote(address)})


_templates.filters["map_link"] = _map_link
