"""The lists and figures with a hundred thousand applications: each answers before anybody wonders."""

import time
from collections.abc import Awaitable
from datetime import timedelta

import asyncpg
import pytest

from backend import clock
from backend.queries import callers, charts, figures, lanes, staff_cases
from backend.queries.figures import Span
from backend.queries.pages import Portion
from backend.queries.staff_cases import Search
from config.roles import roles
from tests.support import many
from tests.support.builders import a_member_of_staff, an_accepted_site
from tests.support.services import for_asyncpg

pytestmark = pytest.mark.long

_PATIENCE = 2.0  # seconds, on a busy machine; a tenth of it is usual
_SEARCHES = (
    Search(),
    Search(text="XZ2026"),
    Search(text="赵伟"),
    Search(text="138"),
    Search(text="阳光小区"),
    Search(text="没有的人"),
    Search(stage="visited", late=True),
    Search(channel="hotline", kind="non_resident"),
    Search(nobody=True),
)


async def taking(work: Awaitable[object]) -> float:
    """Seconds."""
    began = time.perf_counter()
    await work
    return time.perf_counter() - began


async def test_every_list_and_figure_of_a_supervisor_is_quick(database: str) -> None:
    await an_accepted_site()
    for login in ("wang", "li"):
        await a_member_of_staff(login, "customer_manager")
    row = await a_member_of_staff("ma", "supervisor")
    now = clock.real_now()
    connection = await asyncpg.connect(for_asyncpg(database))
    await many.fill(connection, 100_000, now=now)
    await connection.close()
    member = await callers.find_member(row.id)
    assert member is not None
    wanted, portion = roles().of("list_applications"), Portion(limit=20)
    span = Span(begins=now - timedelta(days=30), ends=now)
    took: dict[object, float] = {
        search: await taking(staff_cases.list_cases(member, wanted, search, portion, now=now))
        for search in _SEARCHES
    }
    took["board"] = await taking(lanes.get(member, now=now, day_ends=now))
    took["figures"] = await taking(figures.get(member, span, now=now))
    took["charts"] = await taking(charts.get(member, span, None, now=now))
    assert {asked: seconds for asked, seconds in took.items() if seconds > _PATIENCE} == {}
