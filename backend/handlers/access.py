"""Who is calling: a bearer token, or the cookie of our own pages, becomes a caller, or the request ends here."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar, cast

from sanic import Request

from backend.actions.act import Act
from backend.handlers import staff_tokens, tokens
from backend.handlers.pages import session
from backend.handlers.services import services_of
from backend.queries import callers
from backend.queries.callers import Member
from backend.rules.errors import Forbidden, Unauthenticated
from backend.rules.stages import Role


class Caller(Protocol):
    """Somebody who calls; `key` tells them from everybody else."""

    @property
    def key(self) -> str: ...

    def act(self, *, now: datetime, real_now: datetime) -> Act:
        """One act of theirs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Anyone:
    """A caller nobody asked for a name."""

    key: str = "anyone"

    def act(self, *, now: datetime, real_now: datetime) -> Act:  # noqa: ARG002  every caller is asked alike
        """Nobody acts without a name. Raises Unauthenticated."""
        raise Unauthenticated


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerCaller:
    """A customer in the mini-program."""

    id: int

    @property
    def key(self) -> str:
        return f"customer:{self.id}"

    def act(self, *, now: datetime, real_now: datetime) -> Act:
        return Act(by="customer", now=now, real_now=real_now, customer_id=self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffCaller:
    """A member of staff; `role` is the one in which they use this door."""

    member: Member
    role: Role

    @property
    def id(self) -> int:
        return self.member.id

    @property
    def key(self) -> str:
        return f"staff:{self.id}"

    def act(self, *, now: datetime, real_now: datetime) -> Act:
        return Act(by=self.role, now=now, real_now=real_now, staff_id=self.id)


W = TypeVar("W", bound=Caller)
Guard = Callable[[Request], Awaitable[W]]
"""Lets a caller in, or raises Unauthenticated or Forbidden."""


async def anyone(_: Request) -> Anyone:
    """No token is asked for."""
    return Anyone()


async def customer(request: Request) -> CustomerCaller:
    """The customer of the bearer token."""
    who = await customer_told_by_rows(request)
    await check_there(who)
    return who


async def customer_told_by_rows(request: Request) -> CustomerCaller:
    """The same without a statement of its own, for a question whose rows are there only while the customer is.

    Where it finds none, `check_there` tells a customer without any from one who is gone.
    """
    holder = tokens.find_holder("customer", _bearer(request), services_of(request).settings)
    if holder is None:
        raise Unauthenticated
    return CustomerCaller(id=holder.id)


async def check_there(who: CustomerCaller) -> None:
    """Raises Unauthenticated when two rows turned out to be one person and this one went."""
    if not await callers.customer_exists(who.id):
        raise Unauthenticated


def staff(*roles: Role) -> Guard[StaffCaller]:
    """A guard for staff with one of these roles (the first they have is the one they act in); none named: all staff."""

    async def guard(request: Request) -> StaffCaller:
        return acting_as(await _member(request), roles)

    return guard


async def _member(request: Request) -> Member:
    """By the token when there is one, else by our pages' login; its acts carry the form token, as forms do."""
    if "authorization" in request.headers:
        return await staff_tokens.member_of(_bearer(request), services_of(request).settings)
    looks = request.method in session.QUESTIONS
    return (await (session.visitor(request) if looks else session.sender(request))).member


def acting_as(member: Member, roles: tuple[Role, ...]) -> StaffCaller:
    """The member in the first of `roles` they have. Raises Forbidden when they have none."""
    role = next((role for role in roles or member.roles if role in member.roles), None)
    if role is None:
        raise Forbidden
    return StaffCaller(member=member, role=cast(Role, role))


def _bearer(request: Request) -> str:
    """The token, empty when there is none."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" and token.isascii() else ""
