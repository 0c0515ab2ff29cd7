"""Who comes to a desk: the login's member, through a door of `roles.toml`, in the role that opens it."""

from dataclasses import replace

from sanic import Request

from backend.handlers.access import acting_as
from backend.handlers.pages import session
from backend.handlers.pages.session import Visitor
from config.roles import roles


async def visitor(request: Request, door: str) -> Visitor:
    """Who looks. Raises Unauthenticated, Forbidden."""
    return _through(door, await session.visitor(request))


async def sender(request: Request, door: str) -> Visitor:
    """Who sent a form or call of our own page. Raises Unauthenticated, ExpiredForm, Forbidden."""
    return _through(door, await session.sender(request))


def _through(door: str, who: Visitor) -> Visitor:
    return replace(who, role=acting_as(who.member, roles().of(door)).role)
