"""Who looks at our pages, on the phone or at the desk: a cookie that scripts cannot read, and a form token that other sites cannot know."""

import hmac
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import cast

from sanic import HTTPResponse, Request

from backend import clock
from backend.actions.act import Act
from backend.handlers import staff_tokens, tokens
from backend.handlers.services import services_of
from backend.queries.callers import Member
from backend.rules.errors import DomainError
from backend.rules.stages import Role
from config.settings import Settings

COOKIE = "staff"
QUESTIONS = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that change nothing."""


class ExpiredForm(DomainError):
    """The form was made for another login, or by somebody else."""

    code = "forbidden"
    sentence = "expired_form"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """The member of staff who looks at the page; `form_token` goes into each of their forms.

    `role` is the one in which they came through a door, None where no door was asked.
    """

    member: Member
    form_token: str
    role: str | None = None

    def act(self, role: str, *, now: datetime, real_now: datetime) -> Act:
        """One act of theirs in one of their roles."""
        return Act(by=cast(Role, role), now=now, real_now=real_now, staff_id=self.member.id)

    def act_now(self, role: str | None = None) -> Act:
        """Likewise at this moment; without a role in that of the door, or their first one."""
        return self.act(role or self.role or self.member.roles[0], now=clock.now(), real_now=clock.real_now())


async def visitor(request: Request) -> Visitor:
    """Raises Unauthenticated."""
    settings = services_of(request).settings
    cookie = request.cookies.get(COOKIE) or ""
    member = await staff_tokens.member_of(cookie, settings)
    return Visitor(member=member, form_token=_token_for(cookie, settings))


async def sender(request: Request) -> Visitor:
    """The visitor who sent a form of ours. Raises Unauthenticated, ExpiredForm."""
    who = await visitor(request)
    given = sent(request, "form_token") or request.headers.get("x-form-token") or ""
    if not hmac.compare_digest(given.encode(), who.form_token.encode()):
        raise ExpiredForm
    return who


def sent(request: Request, name: str) -> str:
    """A field of the form that came, empty when there is none."""
    form = request.form
    return str(form.get(name) or "") if form else ""


def begin(response: HTTPResponse, member: Member, settings: Settings) -> None:
    """Logs the member in, in this browser: one login for /console, /m and, from their pages, /api/staff."""
    response.add_cookie(
        COOKIE,
        staff_tokens.token_for(member, settings),
        path="/",
        max_age=int(tokens.life_of("staff").total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=settings.public_base_url.startswith("https://"),
    )


def end(response: HTTPResponse) -> None:
    """Logs out in this browser."""
    response.delete_cookie(COOKIE, path="/")


def _token_for(cookie: str, settings: Settings) -> str:
    return hmac.new(settings.secret_key.encode(), f"form:{cookie}".encode(), sha256).hexdigest()[:32]
