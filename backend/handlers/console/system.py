"""How the machinery stands: schedulers, outbox, errands, database, the calendar, the platform's templates."""

from dataclasses import dataclass
from datetime import datetime

from sanic import Blueprint, HTTPResponse, Request

from backend import clock
from backend.actions import backlog, calendar_gap
from backend.actions.backlog import Backlog
from backend.gateways import heartbeat
from backend.gateways.wechat.refusals import WeChatTrouble
from backend.handlers.console import desk
from backend.handlers.console.render import fragment, page
from backend.handlers.services import services_of
from backend.queries import system_state
from backend.queries.system_state import SystemState
from backend.rules.wording import say_reason
from backend.templates_check.compare import faults
from backend.templates_check.granted import granted
from config.messages.texts import templates
from config.version import VERSION

routes = Blueprint("console_system", url_prefix="/console/system")

_DOOR = "show_system"


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What the page shows: `beat` is None when no scheduler lives, `gap` the year whose holidays are missing."""

    beat: datetime | None
    work: Backlog
    state: SystemState
    gap: int | None
    at: datetime


@routes.get("/")
async def show(request: Request) -> HTTPResponse:
    """The page; its figures ask for themselves again."""
    who = await desk.visitor(request, _DOOR)
    return await page(request, who, "admin/system.html", health=await _measure(request), version=VERSION)


@routes.get("/state")
async def show_state(request: Request) -> HTTPResponse:
    """The figures alone."""
    who = await desk.visitor(request, _DOOR)
    return await fragment(request, who, "admin/system_state.html", health=await _measure(request))


@routes.get("/templates")
async def check_templates(request: Request) -> HTTPResponse:
    """Our message templates against the platform's; sends nothing."""
    who = await desk.visitor(request, _DOOR)
    gateways = services_of(request).gateways
    trouble, found = "", []
    try:
        found = faults(templates(), await granted(gateways))
    except WeChatTrouble as refusal:
        trouble = say_reason(refusal.reason)
    return await fragment(request, who, "admin/templates_check.html", trouble=trouble, found=found)


async def _measure(request: Request) -> Health:
    now, real_now = clock.now(), clock.real_now()
    return Health(
        beat=await heartbeat.last_beat(services_of(request).gateways.redis),
        work=await backlog.measure(now=now, real_now=real_now),
        state=await system_state.read(now=now, real_now=real_now),
        gap=calendar_gap.missing_year(now),
        at=real_now,
    )
