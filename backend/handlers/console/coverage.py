"""Who covers which district, and in which order the duty officers are called."""

from collections.abc import Awaitable, Callable

from sanic import Blueprint, HTTPResponse, Request

from backend import clock
from backend.actions import coverage
from backend.handlers.bodies import Ids
from backend.handlers.console import desk, flash
from backend.handlers.console.render import page
from backend.handlers.pages import forms
from backend.handlers.pages.forms import NOTHING, Draft
from backend.handlers.pages.session import Visitor
from backend.handlers.staff.coverage import CoverBody, RotaBody
from backend.queries import staff_directory
from backend.rules.errors import DomainError

routes = Blueprint("console_coverage", url_prefix="/console/coverage")

_DOOR = "manage_coverage"
_HOME = "/console/coverage"


class DistrictForm(CoverBody):
    """With no box ticked the browser sends none."""

    manager_ids: Ids = ()


@routes.get("/")
async def show(request: Request) -> HTTPResponse:
    """Both tables, problems first."""
    return await _shown(request, await desk.visitor(request, _DOOR))


@routes.post("/districts")
async def cover(request: Request) -> HTTPResponse:
    """Other managers for one district."""

    async def perform(who: Visitor, form: DistrictForm) -> HTTPResponse:
        await coverage.cover(form.district, form.manager_ids, act=who.act_now())
        return flash.done(_HOME, "district_covered", district=form.district)

    return await _act(request, DistrictForm, perform)


@routes.post("/rota")
async def order_rota(request: Request) -> HTTPResponse:
    """Another order of the duty officers."""

    async def perform(who: Visitor, form: RotaBody) -> HTTPResponse:
        await coverage.order_rota(form.staff_ids, act=who.act_now())
        return flash.done(f"{_HOME}#rota", "rota_ordered")

    return await _act(request, RotaBody, perform)


async def _act(
    request: Request, shape: type[forms.B], perform: Callable[[Visitor, forms.B], Awaitable[HTTPResponse]]
) -> HTTPResponse:
    who = await desk.sender(request, _DOOR)
    try:
        return await perform(who, forms.read(shape, request))
    except DomainError as error:
        return await _shown(request, who, draft=forms.refused("coverage", request, error), status=422)


async def _shown(
    request: Request, who: Visitor, *, draft: Draft = NOTHING, status: int = 200
) -> HTTPResponse:
    now = clock.now()
    rota = await staff_directory.rota()
    return await page(
        request,
        who,
        "admin/coverage.html",
        status=status,
        districts=await staff_directory.districts(now=now),
        managers=await staff_directory.managers(),
        rota=rota,
        moved_up=_moved_up,
        nobody_on_duty=not any(one.away_until is None or one.away_until <= now for one in rota),
        draft=draft,
    )


def _moved_up(ids: list[int], place: int) -> list[int]:
    """The order with one officer a place further up."""
    return [*ids[: place - 1], ids[place], ids[place - 1], *ids[place + 1 :]]
