"""The desktop pages' templates, and what stands round every page: navigation, badges, the confirmation of the last act."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

from sanic import HTTPResponse, Request

from backend import clock
from backend.handlers.console import flash
from backend.handlers.pages.forms import NOTHING
from backend.handlers.pages.rendering import Templates, answer
from backend.handlers.pages.session import Visitor
from backend.queries import desks, inbox, live_desk
from backend.queries.callers import Member
from config.console import Desk
from config.console import desks as all_desks
from config.messages.console_texts import console_texts
from config.roles import roles

templates = Templates(Path(__file__).parent / "templates", console_texts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """What stands round a page: `here` is its desk's key, `counts` the badges by desk."""

    desks: tuple[Desk, ...]
    here: str
    counts: dict[str, int]
    said: str


async def page(
    request: Request, who: Visitor, name: str, *, status: int = 200, **context: Any
) -> HTTPResponse:
    """A whole page for `who`; every template also has `now`, `once`, `shell` and `may(door)`."""
    shell = Shell(
        desks=desks_of(who.member),
        here=_here(request.path),
        counts=await count(who.member),
        said=flash.take(request),
    )
    body = await templates.render(name, **_common(who), shell=shell, once=uuid4().hex, **context)
    response = answer(body, status=status)
    if shell.said:
        flash.forget(response)
    return response


async def fragment(request: Request, who: Visitor, name: str, **context: Any) -> HTTPResponse:
    """A piece of a page that is asked for again and again; 304 when nothing changed since."""
    body = await templates.render(name, **_common(who), **context)
    tag = f'"{sha256(body.encode()).hexdigest()[:16]}"'
    unchanged = request.headers.get("if-none-match") == tag
    response = HTTPResponse(status=304) if unchanged else answer(body)
    response.headers["ETag"] = tag
    return response


def _common(who: Visitor) -> dict[str, Any]:
    """What every template has: the visitor, the time, `may(door)`, and a form nobody sent yet."""
    return {
        "who": who,
        "now": clock.now(),
        "nothing": NOTHING,
        "may": lambda door: bool(set(roles().of(door)) & set(who.member.roles)),
    }


def desks_of(member: Member) -> tuple[Desk, ...]:
    """The desks this member's roles open, in the navigation's order."""
    return tuple(desk for desk in all_desks() if set(roles().of(desk.door)) & set(member.roles))


async def count(member: Member) -> dict[str, int]:
    """The badges in the navigation."""
    counts = {"tasks": await desks.count_waiting(member), "inbox": await inbox.count_unread(member.id)}
    if "hotline_agent" in member.roles:
        counts["hotline"] = await live_desk.count_waiting()
    return counts


def _here(path: str) -> str:
    """The desk whose address begins the path; the longest wins."""
    within = [desk for desk in all_desks() if f"{path}/".startswith(f"{desk.address.rstrip('/')}/")]
    return max(within, key=lambda desk: len(desk.address)).key if within else ""
