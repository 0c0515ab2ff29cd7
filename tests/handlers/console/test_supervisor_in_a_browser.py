"""The supervisor's desk in a browser: from the board to a case given to another, a pause annulled, a message dealt with."""

from pathlib import Path
from typing import Any

import asyncpg
import pytest
from playwright.async_api import Page, expect

from backend import clock
from tests.support import many
from tests.support.console import check_page, log_in, picture
from tests.support.office import Desks, file
from tests.support.processes import RunningProcess
from tests.support.services import for_asyncpg

pytestmark = pytest.mark.browser


async def test_a_case_goes_from_the_board_to_another_manager(
    page: Page, office: RunningProcess, desk: Desks, case: dict[str, Any]
) -> None:
    await log_in(page, office.url, "supervisor", "/console/board")
    await expect(page.locator(".tile").first).to_contain_text("已超时")
    await check_page(page)
    await page.goto(f"{office.url}/console/applications/{case['number']}")
    await page.click("text=改派客户经理")
    await check_page(page)

    before = case["manager"]["name"]
    mine = page.locator(f"dialog option:has-text('{before}')")
    await page.select_option("dialog select", value=await mine.get_attribute("value"))
    await page.fill("dialog textarea", "下午去开会")
    await page.click("dialog button:has-text('改派'):not([type=button])")
    await expect(page.locator(".fault-summary")).to_contain_text(f"已经是{before}办理")
    await expect(page.locator("dialog[open] textarea")).to_have_value("下午去开会")

    other = page.locator("dialog option:not([value='']):not(:has-text('休假'))").filter(has_not_text=before)
    name = (await other.first.inner_text()).partition("（")[0]
    await page.select_option("dialog select", value=await other.first.get_attribute("value"))
    await page.click("dialog button:has-text('改派'):not([type=button])")
    await expect(page.locator("#said")).to_contain_text("已改派")
    shown = desk("supervisor").get(f"/api/staff/applications/{case['number']}")
    assert shown["manager"]["name"] == name


async def test_a_pause_without_reason_is_annulled(
    page: Page, office: RunningProcess, desk: Desks, case: dict[str, Any]
) -> None:
    number = case["number"]
    why = {"reason": "customer_reason", "note": "客户说忙"}
    desk("customer_manager").post(f"/api/staff/applications/{number}/pause", why)
    await log_in(page, office.url, "supervisor", "/console/pauses")
    row = page.locator("tr", has_text=number)
    await row.locator("button[data-opens]").click()
    await check_page(page)
    await page.fill("dialog[open] textarea", "客户没有这样说")
    await page.click("dialog[open] button:has-text('撤销'):not([type=button])")
    await expect(page.locator("#said")).to_contain_text("已撤销")
    assert desk("supervisor").get(f"/api/staff/applications/{number}")["clock"]["state"] == "running"
    await page.click("text=全部")
    await expect(page.locator("tr", has_text=number)).to_contain_text("客户没有这样说")
    await check_page(page)


async def test_the_board_lists_what_nobody_has(page: Page, office: RunningProcess, desk: Desks) -> None:
    file(desk("hotline_agent"), channel="hotline")
    await log_in(page, office.url, "supervisor", "/console/undelivered")
    await check_page(page)
    await page.goto(f"{office.url}/console/applications?nobody=true")
    await check_page(page)


async def test_news_at_the_end_of_a_long_menu_widens_no_phone(
    page: Page, office: RunningProcess, desk: Desks, case: dict[str, Any]
) -> None:
    call = {
        "caller_phone": "13812345678",
        "kind": "urge",
        "content": "等急了",
        "application_number": case["number"],
    }
    desk("hotline_agent").post("/api/staff/calls", call)
    await log_in(page, office.url, "supervisor", "/console/board")
    await expect(page.locator("#count-inbox .badge")).to_be_attached()
    await check_page(page)


async def test_figures_are_drawn_and_can_be_read(
    page: Page, office: RunningProcess, case: dict[str, Any]
) -> None:
    await log_in(page, office.url, "supervisor", "/console/figures")
    await expect(page.locator("canvas").first).to_be_visible()
    await check_page(page)
    await page.click("text=晚间简报")
    await check_page(page)
    await page.goto(f"{office.url}/console/audit")
    await check_page(page)
    await page.goto(f"{office.url}/console/applications")
    await page.click("text=导出这个列表")
    await expect(page.locator("progress")).to_be_visible()
    await check_page(page)
    await page.click("main button:has-text('取消')")
    await expect(page.locator("#said")).to_contain_text("已取消导出")


_MONTH = 30 * 24 * 60  # minutes


async def test_pictures_of_a_busy_office(
    page: Page, office: RunningProcess, office_database_url: str, desk: Desks, pictures: Path | None
) -> None:
    if pictures is None:
        pytest.skip("only `make screens` keeps pictures")
    connection = await asyncpg.connect(for_asyncpg(office_database_url))
    await many.fill(connection, 900, now=clock.real_now(), over=_MONTH)
    paused = file(desk("customer_manager"), contact_name="孙梅")["number"]
    why = {"reason": "customer_reason", "note": "装修没完工，客户要求下周再来"}
    desk("customer_manager").post(f"/api/staff/applications/{paused}/pause", why)
    stuck = await connection.fetchval(_STUCK, paused)
    await connection.execute(_TRY, stuck)
    await connection.close()
    await log_in(page, office.url, "supervisor")
    for name, path in _PICTURED.items():
        await page.goto(f"{office.url}{path.format(number=paused)}")
        await picture(page, pictures, name)
    await page.goto(f"{office.url}/console/applications/{paused}")
    await page.click("text=改派客户经理")
    await picture(page, pictures, "supervisor-reassign", widths=(1440,))


_STUCK = """
UPDATE outbox SET state = 'called_back', ended_at = now() WHERE customer_id IS NOT NULL
    AND application_id = (SELECT id FROM applications WHERE number = $1) RETURNING id
"""
_TRY = """
INSERT INTO delivery_attempts (message_id, channel, began_at, outcome, reason)
VALUES ($1, 'template', now(), 'unreachable', 'not_a_follower')
"""
_PICTURED = {
    "console-home": "/console/",
    "supervisor-board": "/console/board",
    "console-applications": "/console/applications",
    "console-application": "/console/applications/{number}",
    "supervisor-pauses": "/console/pauses",
    "supervisor-undelivered": "/console/undelivered",
    "supervisor-figures": "/console/figures",
    "supervisor-digest": "/console/figures/digest",
    "supervisor-audit": "/console/audit",
    "supervisor-exports": "/console/exports",
}
