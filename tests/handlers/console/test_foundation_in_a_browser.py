"""What every desktop page shares, in a browser: reachable for everybody, at every width."""

from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.support.console import check_page, log_in
from tests.support.office import Desks, file
from tests.support.processes import RunningProcess

pytestmark = pytest.mark.browser


async def test_login_and_failure_pages(page: Page, office: RunningProcess) -> None:
    await page.goto(f"{office.url}/console/login")
    await check_page(page)
    await page.fill("[name=login]", "supervisor")
    await page.fill("[name=password]", "falsch")
    await page.click("main button")
    await page.wait_for_selector("text=账号或密码不对")
    await check_page(page)


async def test_from_the_first_page_to_a_case(
    page: Page, office: RunningProcess, case: dict[str, Any]
) -> None:
    await log_in(page, office.url, "customer_manager")
    await page.wait_for_selector("text=待办任务")
    await check_page(page)
    await page.click("nav >> text=任务")
    await check_page(page)
    await page.click("nav >> text=消息")
    await check_page(page)
    await page.click("nav >> text=报装")
    await page.fill("[name=query]", case["number"])
    await expect(page.locator("#found tbody tr")).to_have_count(1)
    assert case["number"] in page.url
    await check_page(page)
    await page.click(f"text={case['number']}")
    await expect(page.locator(".way")).to_contain_text("已受理")
    await check_page(page)


async def test_accepting_a_task_is_confirmed_and_counts_live(
    page: Page, office: RunningProcess, desk: Desks
) -> None:
    case = file(desk("customer_manager"))
    (task,) = desk("customer_manager").tasks(kind="visit", application_number=case["number"])
    await log_in(page, office.url, "customer_manager", f"/console/tasks/{task['id']}")
    before = await page.inner_text("#count-tasks")
    await page.click("button:has-text('接单')")
    await page.wait_for_selector("#said :text('已接单')")
    await check_page(page)
    file(desk("customer_manager"))
    await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    await expect(page.locator("#count-tasks")).not_to_have_text(before)
