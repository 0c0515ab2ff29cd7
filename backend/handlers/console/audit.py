"""Who read or changed what: searched by person, case, act and day."""

from datetime import date
from typing import Annotated

from pydantic import Field
from sanic import Blueprint, HTTPResponse, Request

from backend import clock
from backend.handlers.bodies import Id, OptionalName, PageQuery
from backend.handlers.console import desk, lists
from backend.handlers.console.render import page
from backend.handlers.staff.board import span_of
from backend.queries import audit_desk
from backend.queries.audit_desk import AuditSearch
from backend.queries.pages import Portion

routes = Blueprint("console_audit", url_prefix="/console/audit")


class AuditQuery(PageQuery):
    """Days in Shanghai, both included; an empty field asks nothing."""

    staff: Annotated[Id | None, Field(default=None)] = None
    number: OptionalName = None
    action: OptionalName = None
    since: Annotated[date | None, Field(default=None)] = None
    until: Annotated[date | None, Field(default=None)] = None


@routes.get("/")
async def search(request: Request) -> HTTPResponse:
    """Newest first."""
    who = await desk.visitor(request, "search_audit")
    asked = lists.asked(AuditQuery, request)
    dated = asked.since or asked.until
    wanted = AuditSearch(
        staff_id=asked.staff,
        number=asked.number,
        action=asked.action,
        span=span_of(asked.since, asked.until, clock.now()) if dated else None,
    )
    portion = Portion.asked(asked.cursor, asked.limit)
    return await page(
        request,
        who,
        "audit/list.html",
        found=await audit_desk.find(who.member, wanted, portion),
        asked=asked,
        people=await audit_desk.people(who.member),
        address=lists.address("/console/audit", asked),
    )
