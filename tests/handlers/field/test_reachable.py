"""Every phone page for everybody who uses it: no fault that axe finds, nothing over the edge, few bytes."""

from typing import Any

import pytest
from playwright.async_api import Page

from backend.gateways import links
from config.settings import Settings
from tests.handlers.field.browsing import log_in
from tests.support.console import WIDTHS, barriers, fits
from tests.support.office import Desks
from tests.support.processes import RunningProcess
from tests.support.project import Works
from tests.support.town import Town

pytestmark = pytest.mark.browser
_BETWEEN = 768
"""Looks like the phone, only wider."""


async def check_all(page: Page, url: str, paths: list[str]) -> None:
    for path in paths:
        await page.goto(url + path)
        for width in WIDTHS:
            await page.set_viewport_size({"width": width, "height": 900})
            await fits(page)
            if width != _BETWEEN:
                assert await barriers(page) == [], f"{path} at {width} px"


@pytest.fixture
def works(office: RunningProcess, simulator_process: RunningProcess) -> Works:
    return Works.found(Town(backend=office.url, platform=simulator_process.url), "resident")


async def test_pages_without_a_login(page: Page, office: RunningProcess, case: dict[str, Any]) -> None:
    progress = links.progress_path(case["number"], Settings().secret_key)
    await check_all(
        page, office.url, ["/m/login?stay=1", "/m/offline", progress, f"/m/progress/{case['number']}?t=x"]
    )


async def test_the_managers_pages(
    page: Page, office: RunningProcess, desk: Desks, case: dict[str, Any]
) -> None:
    (task,) = desk("customer_manager").tasks(kind="visit", application_number=case["number"])
    await log_in(page, office.url, "customer_manager")
    number = case["number"]
    lists = ["/m/tasks", "/m/tasks?query=没有这个人", "/m/applications", "/m/projects", "/m/inbox"]
    await check_all(page, office.url, [*lists, "/m/canvass", f"/m/canvass/{number}"])
    await check_all(page, office.url, [f"/m/tasks/{task['id']}", f"/m/applications/{number}", "/m/tasks/0"])


@pytest.mark.parametrize("role", ["designer", "inspector"])
async def test_the_projects_pages(page: Page, office: RunningProcess, works: Works, role: str) -> None:
    works.hand_off()
    if role == "inspector":
        works.survey()
        works.draw()
        works.build()
        works.convene()
    await log_in(page, office.url, role)
    paths = [f"/m/projects/{works.id}", *([f"/m/projects/{works.id}/signing"] if role == "inspector" else [])]
    await check_all(page, office.url, ["/m/projects", *paths])
