"""Every phone page for everybody who uses it: no fault that axe finds, nothing over the edge, few bytes."""

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page

from backend.gateways import links
from backend.handlers.pages.assets import packed
from config.settings import Settings
from tests.handlers.field.browsing import local, log_in
from tests.support.console import WIDTHS, barriers, fits, picture
from tests.support.office import Desks
from tests.support.processes import RunningProcess
from tests.support.project import Works
from tests.support.town import Town

pytestmark = pytest.mark.browser
_BETWEEN = 768
"""Looks like the phone, only wider."""
_MOST_BYTES = 200 * 1024


async def check_all(page: Page, url: str, paths: dict[str, str], pictures: Path | None) -> None:
    """The pages at `paths`, by the names of their pictures."""
    for name, path in paths.items():
        await page.goto(url + path)
        for width in WIDTHS:
            await page.set_viewport_size({"width": width, "height": 900})
            await fits(page)
            if width != _BETWEEN:
                assert await barriers(page) == [], f"{path} at {width} px"
        if pictures:
            await picture(page, pictures, f"m-{name}")


@pytest.fixture
def works(office: RunningProcess, simulator_process: RunningProcess) -> Works:
    return Works.found(Town(backend=office.url, platform=simulator_process.url), "resident")


async def test_pages_without_a_login(
    page: Page, office: RunningProcess, desk: Desks, case: dict[str, Any], pictures: Path | None
) -> None:
    path = f"/api/staff/applications/{case['number']}/visits"
    desk("customer_manager").post(path, {"at": f"{local(20)}:00+08:00"})
    paths = {
        "login": "/m/login?stay=1",
        "offline": "/m/offline",
        "progress": links.progress_path(case["number"], Settings().secret_key),
        "progress-wrong-link": f"/m/progress/{case['number']}?t=x",
    }
    await check_all(page, office.url, paths, pictures)


async def test_the_managers_pages(
    page: Page, office: RunningProcess, desk: Desks, case: dict[str, Any], pictures: Path | None
) -> None:
    (task,) = desk("customer_manager").tasks(kind="visit", application_number=case["number"])
    await log_in(page, office.url, "customer_manager")
    number = case["number"]
    paths = {
        "tasks": "/m/tasks",
        "tasks-none": "/m/tasks?query=没有这个人",
        "applications": "/m/applications",
        "projects": "/m/projects",
        "inbox": "/m/inbox",
        "canvass": "/m/canvass",
        "receipt": f"/m/canvass/{number}",
        "task": f"/m/tasks/{task['id']}",
        "application": f"/m/applications/{number}",
        "failure": "/m/tasks/0",
    }
    await check_all(page, office.url, paths, pictures)


@pytest.mark.parametrize("role", ["designer", "contractor", "inspector"])
async def test_the_projects_pages(
    page: Page, office: RunningProcess, works: Works, role: str, pictures: Path | None
) -> None:
    works.hand_off()
    if role != "designer":
        works.survey()
        works.draw()
    paths = {f"project-{role}": f"/m/projects/{works.id}"}
    if role == "inspector":
        works.build()
        works.convene()
        paths["signing"] = f"/m/projects/{works.id}/signing"
    await log_in(page, office.url, role)
    await check_all(page, office.url, paths, pictures)


async def test_no_page_asks_for_much(page: Page, office: RunningProcess) -> None:
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(request.url.partition("?")[0]))
    await log_in(page, office.url, "customer_manager", "/m/canvass")
    names = {url.rpartition("/")[2] for url in asked if "/static/" in url}
    assert "field-send.js" in names
    assert sum(len(packed(name).gzipped) for name in names) < _MOST_BYTES
