"""The administrator's accounts: who works here, as what, and what was changed of whom."""

import secrets
from collections.abc import Awaitable, Callable
from typing import Any

from sanic import Blueprint, HTTPResponse, Request

from backend.actions import members, staff_access
from backend.actions.handing_over import HandedOver
from backend.handlers.bodies import NoBody, OptionalName, PageQuery
from backend.handlers.console import desk, flash, lists
from backend.handlers.console.render import page
from backend.handlers.pages import forms, qr
from backend.handlers.pages.forms import NOTHING, Draft
from backend.handlers.pages.session import Visitor
from backend.handlers.services import services_of
from backend.handlers.staff import passwords
from backend.handlers.staff.members import HireBody, PasswordBody, ProfileBody
from backend.handlers.staff.sessions import binding_code
from backend.queries import staff_directory
from backend.queries.pages import Portion
from backend.rules.errors import DomainError
from backend.rules.staffing import served_districts
from config.messages.texts import words
from config.roles import StaffRole

routes = Blueprint("console_members", url_prefix="/console/staff")

_LIST, _MANAGE = "list_members", "manage_members"
_HOME = "/console/staff"


class MembersQuery(PageQuery):
    """What the list's form asks; `left` shows those who left instead."""

    words: OptionalName = None
    role: StaffRole | None = None
    left: bool = False


@routes.get("/")
async def list_members(request: Request) -> HTTPResponse:
    """Everybody who works here, or those who left."""
    who = await desk.visitor(request, _LIST)
    asked = lists.asked(MembersQuery, request)
    found = await staff_directory.list_members(
        Portion.asked(asked.cursor, asked.limit),
        words=asked.words or "",
        role=asked.role,
        active=not asked.left,
    )
    address = lists.address(_HOME, asked)
    return await page(request, who, "admin/members.html", found=found, asked=asked, address=address)


@routes.get("/new")
async def show_new(request: Request) -> HTTPResponse:
    """The form of a new account."""
    return await _new(request, await desk.visitor(request, _MANAGE))


@routes.post("/new")
async def hire(request: Request) -> HTTPResponse:
    """A new account."""
    who = await desk.sender(request, _MANAGE)
    try:
        form = forms.read(HireBody, request)
        password_hash = await passwords.make_hash(form.password)
        member = await members.hire(form.login, form.profile(), password_hash, act=who.act_now())
    except DomainError as error:
        return await _new(request, who, draft=forms.refused("hire", request, error), status=422)
    return flash.done(f"{_HOME}/{member.id}", "member_hired", person=member.name)


@routes.get("/<staff_id:int>")
async def show_member(request: Request, staff_id: int) -> HTTPResponse:
    """One account with its changes."""
    return await _shown(request, await desk.visitor(request, _LIST), staff_id)


@routes.post("/<staff_id:int>")
async def change(request: Request, staff_id: int) -> HTTPResponse:
    """Another name, phone, department, roles or districts."""

    async def perform(who: Visitor, form: ProfileBody) -> HTTPResponse:
        done = await members.change(staff_id, form.profile(), act=who.act_now())
        return _handed_over(staff_id, "member_changed", done)

    return await _act(request, staff_id, "profile", ProfileBody, perform)


@routes.post("/<staff_id:int>/deactivate")
async def deactivate(request: Request, staff_id: int) -> HTTPResponse:
    """The member has left; what they held passes to colleagues."""

    async def perform(who: Visitor, _: NoBody) -> HTTPResponse:
        return _handed_over(staff_id, "member_left", await members.deactivate(staff_id, act=who.act_now()))

    return await _act(request, staff_id, "deactivate", NoBody, perform)


@routes.post("/<staff_id:int>/reactivate")
async def reactivate(request: Request, staff_id: int) -> HTTPResponse:
    """The member is back."""

    async def perform(who: Visitor, form: PasswordBody) -> HTTPResponse:
        await members.reactivate(staff_id, await passwords.make_hash(form.password), act=who.act_now())
        return flash.done(f"{_HOME}/{staff_id}", "member_returned")

    return await _act(request, staff_id, "reactivate", PasswordBody, perform)


@routes.post("/<staff_id:int>/password")
async def set_password(request: Request, staff_id: int) -> HTTPResponse:
    """A new password; their logins end."""

    async def perform(who: Visitor, form: PasswordBody) -> HTTPResponse:
        await members.set_password(staff_id, await passwords.make_hash(form.password), act=who.act_now())
        return flash.done(f"{_HOME}/{staff_id}", "password_set")

    return await _act(request, staff_id, "password", PasswordBody, perform)


@routes.post("/<staff_id:int>/unbind")
async def unbind(request: Request, staff_id: int) -> HTTPResponse:
    """Their WeChat is unbound."""

    async def perform(who: Visitor, _: NoBody) -> HTTPResponse:
        await members.unbind(staff_id, act=who.act_now())
        return flash.done(f"{_HOME}/{staff_id}", "unbound")

    return await _act(request, staff_id, "unbind", NoBody, perform)


@routes.post("/<staff_id:int>/binding")
async def open_binding(request: Request, staff_id: int) -> HTTPResponse:
    """A code to scan with their WeChat."""

    async def perform(who: Visitor, _: NoBody) -> HTTPResponse:
        scene = await staff_access.open_scene_for(staff_id, act=who.act_now())
        code = await binding_code(scene, services_of(request).gateways)
        picture = qr.svg(code.url)
        return await _shown(request, who, staff_id, code=picture, code_until=code.expires_at)

    return await _act(request, staff_id, "binding", NoBody, perform)


async def _act(
    request: Request,
    staff_id: int,
    name: str,
    shape: type[forms.B],
    perform: Callable[[Visitor, forms.B], Awaitable[HTTPResponse]],
) -> HTTPResponse:
    """One form of the account's page; refused, the page comes back with what was typed."""
    who = await desk.sender(request, _MANAGE)
    try:
        return await perform(who, forms.read(shape, request))
    except DomainError as error:
        return await _shown(request, who, staff_id, draft=forms.refused(name, request, error), status=422)


async def _shown(
    request: Request, who: Visitor, staff_id: int, *, draft: Draft = NOTHING, status: int = 200, **more: Any
) -> HTTPResponse:
    return await page(
        request,
        who,
        "admin/member.html",
        status=status,
        member=await staff_directory.get(staff_id),
        changes=await staff_directory.changes_of(staff_id),
        held=await staff_directory.held_by(staff_id),
        districts=served_districts(),
        suggestion=secrets.token_urlsafe(9),
        draft=draft,
        **{"code": None, "code_until": None, **more},
    )


async def _new(request: Request, who: Visitor, *, draft: Draft = NOTHING, status: int = 200) -> HTTPResponse:
    return await page(
        request,
        who,
        "admin/new_member.html",
        status=status,
        districts=served_districts(),
        suggestion=secrets.token_urlsafe(9),
        draft=draft,
    )


def _handed_over(staff_id: int, said: str, done: HandedOver) -> HTTPResponse:
    """What passed to whom; what nobody could take is said aloud."""
    if not done.cases:
        return flash.done(f"{_HOME}/{staff_id}", said)
    return flash.done(
        f"{_HOME}/{staff_id}",
        f"{said}_with_cases" if not done.unassigned else f"{said}_unassigned",
        cases=str(done.cases),
        colleagues="、".join(done.colleagues) or words().nobody,
        unassigned=str(done.unassigned),
    )
