"""Sheets and whole communities at the counter: looked at first, stopped when one wants, bad rows taken home."""

from uuid import uuid4

import pytest
from playwright.async_api import FilePayload, Page, expect

from tests.support.case import a_phone
from tests.support.console import check_page, log_in
from tests.support.office import SITE
from tests.support.processes import RunningProcess
from tests.support.sheets import LEADS, a_csv

pytestmark = pytest.mark.browser


def a_sheet() -> FilePayload:
    """One good lead, one without a name."""
    key = uuid4().hex[:8]
    rows = [
        ("工改", f"B-{key}", f"苏园{key}", f"新郑市新村镇苏园{key}", "居民", "规划", "", "", ""),
        ("工改", f"B-{key}-2", "", "", "居民", "规划", "", "", ""),
    ]
    return {"name": "线索.csv", "mimeType": "text/csv", "buffer": a_csv(LEADS, rows)}


async def test_a_sheet_is_looked_at_started_and_stopped(page: Page, office: RunningProcess) -> None:
    await log_in(page, office.url, "counter_clerk", "/console/imports")
    await check_page(page)
    wrong: FilePayload = {"name": "线索.csv", "mimeType": "text/csv", "buffer": "甲,乙\n1,2\n".encode()}
    await page.set_input_files("[name=file]", wrong)
    await page.click("button:has-text('上传并预览')")
    await expect(page.locator(".fault-summary")).to_contain_text("表头缺少")
    await check_page(page)

    await page.set_input_files("[name=file]", a_sheet())
    await page.click("button:has-text('上传并预览')")
    await expect(page.locator("main")).to_contain_text("共2行：1行可以导入，1行有问题")
    await check_page(page)
    async with page.expect_download() as download:
        await page.click("text=下载有问题的行")
    taken = (await (await download.value).path()).read_text("utf-8-sig")
    assert taken.splitlines()[0] == "行,问题"
    assert taken.splitlines()[1].startswith("3,")

    await page.click("button:has-text('开始导入')")
    await expect(page.locator("progress")).to_be_visible()
    await check_page(page)
    await page.click("button:has-text('停止')")
    await expect(page.locator("#said")).to_contain_text("已停止，已导入的保留")
    await page.click("button:has-text('接着导入')")
    await expect(page.locator(".stage")).to_contain_text("正在导入")


async def test_a_whole_community_row_by_row(page: Page, office: RunningProcess) -> None:
    key = uuid4().int % 90000
    await log_in(page, office.url, "counter_clerk", "/console/bulk")
    await check_page(page)
    await page.fill("[name=agent_name]", "物业小李")
    await page.fill("[name=agent_phone]", a_phone())
    await page.fill("[name=rows]", f"{SITE}{key}号楼101\t张三\t{a_phone()}\n{SITE}{key}号楼102，李四，12")
    await page.click("button:has-text('全部受理')")
    await expect(page.locator(".fault-summary")).to_contain_text("授权")
    await check_page(page)

    await page.check("[name=agent_consent]")
    await page.click("button:has-text('全部受理')")
    await expect(page.locator("#done")).to_contain_text("受理1户，1户没有受理")
    await expect(page.locator("#done tbody tr").nth(0)).to_contain_text("XZ")
    await expect(page.locator("#done tbody tr").nth(1)).to_contain_text("联系电话：电话号码不对")
    await check_page(page)
