"""The customer's page by its signed link: what it tells, what it lets them do, and what a wrong link is told."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from playwright.async_api import Page, expect

from backend.gateways import links
from config.settings import Settings
from tests.handlers.field.browsing import local
from tests.support.office import Desks
from tests.support.processes import RunningProcess


def link_to(number: str) -> str:
    return links.progress_path(number, Settings().secret_key)


@pytest.fixture
def visit(desk: Desks, case: dict[str, Any]) -> dict[str, Any]:
    """A booked visit of the case."""
    path = f"/api/staff/applications/{case['number']}/visits"
    booked: dict[str, Any] = desk("customer_manager").post(path, {"at": f"{local(20)}:00+08:00"})
    return booked


def move(office: RunningProcess, number: str, visit: dict[str, Any], **fields: str) -> httpx.Response:
    form = {"visit_id": str(visit["id"]), "at": local(26), "digits": "5678", **fields}
    token = parse_qs(urlsplit(link_to(number)).query)["t"][0]
    address = f"{office.url}/m/progress/{number}/visits"
    return httpx.post(address, params={"t": token}, data=form, trust_env=False, timeout=15)


class TestMovingAVisit:
    def test_the_customer_moves_it(
        self, office: RunningProcess, desk: Desks, case: dict[str, Any], visit: dict[str, Any]
    ) -> None:
        number = case["number"]
        assert move(office, number, visit).status_code == 303
        seen = desk("customer_manager").get(f"/api/staff/applications/{number}")
        (moved,) = seen["visits"]
        assert moved["at"][:16] == local(26)
        happened = next(event for event in seen["history"] if event["event"] == "visit_moved")
        assert happened["by_role"] == "customer"

    def test_whoever_only_has_the_link_does_not(
        self, office: RunningProcess, desk: Desks, case: dict[str, Any], visit: dict[str, Any]
    ) -> None:
        refused = move(office, case["number"], visit, digits="0000")
        assert refused.status_code == 422
        assert "对不上" in refused.text
        assert 'value="0000"' in refused.text
        (still,) = desk("customer_manager").get(f"/api/staff/applications/{case['number']}")["visits"]
        assert still["at"] == visit["at"]

    def test_guessing_ends_soon(
        self, office: RunningProcess, case: dict[str, Any], visit: dict[str, Any]
    ) -> None:
        answers = [move(office, case["number"], visit, digits=f"{guess:04}") for guess in range(12)]
        assert "操作太频繁" in answers[-1].text
        assert "操作太频繁" in move(office, case["number"], visit).text

    def test_an_hour_that_has_passed_is_refused_in_words(
        self, office: RunningProcess, case: dict[str, Any], visit: dict[str, Any]
    ) -> None:
        assert "上门时间不能早于现在" in move(office, case["number"], visit, at="2020-01-01T10:00").text

    def test_another_s_visit_is_none_of_theirs(
        self, office: RunningProcess, case: dict[str, Any], visit: dict[str, Any]
    ) -> None:
        assert "没有找到" in move(office, case["number"], {"id": visit["id"] + 1000}).text


def test_a_wrong_link_is_told_where_to_turn(office: RunningProcess, case: dict[str, Any]) -> None:
    for path in ("", "/pulse"):
        page = httpx.get(f"{office.url}/m/progress/{case['number']}{path}?t=wrong", trust_env=False)
        assert page.status_code == 404
        assert "这个链接打不开" in page.text
        assert "tel:4000678099" in page.text


@pytest.mark.browser
async def test_the_page_follows_without_a_reload(
    page: Page, office: RunningProcess, desk: Desks, case: dict[str, Any]
) -> None:
    await page.goto(office.url + link_to(case["number"]))
    await page.wait_for_load_state("networkidle")
    path = f"/api/staff/applications/{case['number']}/visits"
    desk("customer_manager").post(path, {"at": f"{local(20)}:00+08:00"})
    await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    await expect(page.locator("details.inner summary")).to_have_text("改上门时间")
    assert "13812345678" not in await page.content()
