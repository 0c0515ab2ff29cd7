"""A manager's visit from the push to the flame, on a phone's screen."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Page

from backend import clock
from tests.support.desk import DEMO_PASSWORD, PICTURE
from tests.support.office import Desks
from tests.support.processes import RunningProcess

pytestmark = pytest.mark.browser
PHOTO: Any = {"name": "IMG.png", "mimeType": "image/png", "buffer": PICTURE}


async def fits(page: Page) -> None:
    """Nothing hangs over the edge of a small phone."""
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_from_the_task_to_the_flame(
    page: Page, office: RunningProcess, desk: Desks, case: dict[str, Any]
) -> None:
    page.set_default_timeout(10_000)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    await page.set_viewport_size({"width": 360, "height": 740})
    (task,) = desk("customer_manager").tasks(kind="visit", application_number=case["number"])
    await page.goto(f"{office.url}/m/tasks/{task['id']}")
    await page.fill("[name=login]", "customer_manager")
    await page.fill("[name=password]", DEMO_PASSWORD)
    await page.click("button:has-text('登录')")
    await fits(page)

    await page.click(".block_next button:has-text('接单')")
    at = (clock.real_now() + timedelta(hours=20)).astimezone(ZoneInfo("Asia/Shanghai"))
    await page.fill(".block_next [name=at]", at.strftime("%Y-%m-%dT%H:%M"))
    await page.click(".block_next button:has-text('确定预约')")

    await page.set_input_files(".block_next input[type=file]", PHOTO)
    await page.wait_for_selector(".block_next .shot")
    await page.click(".block_next button:has-text('我已到场')")

    await page.wait_for_selector(".block_next button:has-text('提交资料')")
    await (
        page.locator(".block_next .camera", has_text="身份证")
        .locator("input[type=file]")
        .set_input_files(PHOTO)
    )
    await page.wait_for_selector(".block_next .shot")
    await page.click(".block_next button:has-text('提交资料')")
    await fits(page)

    await page.fill(".block_next [name=meter_number]", "M-88")
    await page.click(".block_next button:has-text('确认已通气')")
    await page.wait_for_selector("text=点火通气已按时完成")
    shown = desk("customer_manager").get(f"/api/staff/applications/{case['number']}")
    assert (shown["stage"], shown["meter_number"]) == ("ignited", "M-88")
    assert [paper["kind"] for paper in shown["documents"]] == ["photo", "identity"]
    assert errors == []
