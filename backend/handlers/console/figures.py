"""The supervisor's figures: drawn, as tables beside, and as a workbook; the evening digest as it would be sent now."""

import asyncio
from datetime import date, timedelta
from typing import Annotated

from pydantic import Field
from sanic import Blueprint, HTTPResponse, Request

from backend import clock
from backend.gateways import workbooks
from backend.handlers.bodies import OptionalName, PageQuery
from backend.handlers.console import desk, figure_tables, lists
from backend.handlers.console.render import page
from backend.handlers.pages.session import Visitor
from backend.handlers.staff.board import span_of
from backend.queries import charts, figures
from backend.queries.charts import Charts
from backend.rules.errors import InvalidField
from config import policy
from config.limits import limits

routes = Blueprint("console_figures", url_prefix="/console/figures")

_USUAL = timedelta(days=29)  # before today: thirty days in all


class FiguresQuery(PageQuery):
    """Both days included, in Shanghai; without them the last thirty."""

    since: Annotated[date | None, Field(default=None)] = None
    until: Annotated[date | None, Field(default=None)] = None
    department: OptionalName = None


@routes.get("/")
async def show_figures(request: Request) -> HTTPResponse:
    """Charts, each with its table."""
    who = await desk.visitor(request, "show_figures")
    asked = _asked(request)
    drawn = await _charts(who, asked)
    return await page(
        request,
        who,
        "figures/figures.html",
        asked=asked,
        tables=figure_tables.of(drawn),
        totals=figure_tables.totals(drawn),
        departments=await charts.departments(who.member),
        workbook=lists.address("/console/figures/workbook", asked),
    )


@routes.get("/workbook")
async def download_workbook(request: Request) -> HTTPResponse:
    """The tables as XLSX."""
    who = await desk.visitor(request, "show_figures")
    asked = _asked(request)
    sheets = figure_tables.sheets(await _charts(who, asked))
    content = await asyncio.to_thread(workbooks.write, sheets)
    headers = {"Content-Disposition": f'attachment; filename="figures-{asked.since}-{asked.until}.xlsx"'}
    return HTTPResponse(content, headers=headers, content_type=workbooks.TYPE)


@routes.get("/digest")
async def show_digest(request: Request) -> HTTPResponse:
    """Today's ignitions, tomorrow's deadlines, as the evening message tells them."""
    who = await desk.visitor(request, "show_figures")
    now = clock.now()
    return await page(
        request,
        who,
        "figures/digest.html",
        counts=await figures.get(who.member, figures.day_of(now), now=now),
        due=await figures.due(who.member, figures.day_of(now, later=1)),
        names={kind: limit.name for kind, limit in policy.current().clocks.items()},
        at=policy.current().evening_digest.at,
    )


def _asked(request: Request) -> FiguresQuery:
    """Raises InvalidField for a span that is too long."""
    asked = lists.asked(FiguresQuery, request)
    today = clock.now().astimezone(policy.current().tz).date()
    until = asked.until or today
    since = asked.since or until - _USUAL
    if until - since > limits().pages.longest_span:
        raise InvalidField(field="since", sentence="span_too_long", days=limits().pages.longest_span.days)
    return asked.model_copy(update={"since": since, "until": until})


async def _charts(who: Visitor, asked: FiguresQuery) -> Charts:
    now = clock.now()
    span = span_of(asked.since, asked.until, now)
    return await charts.get(who.member, span, asked.department, now=now)
