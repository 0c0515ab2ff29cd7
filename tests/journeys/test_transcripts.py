"""A supervisor looks at what the assistant understood, and marks what it got wrong."""

from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.support.console import check_page, log_in, picture
from tests.support.town import Town

pytestmark = pytest.mark.browser


async def test_found_read_marked_and_exported(page: Page, town: Town, pictures: Path | None) -> None:
    customer = town.somebody()
    customer.act("follow")
    customer.say("我叫张小满，电话13712345678，想装天然气")
    customer.say("上门那天家里没人会怎样")
    customer.say("家里有很浓的煤气味")
    await log_in(page, town.backend, "supervisor", "/console/transcripts/")
    rows = page.locator("#found tbody tr")
    await expect(rows).to_have_count(3)
    text = await page.inner_text("#found")
    assert "张小满" not in text
    assert "13712345678" not in text
    await expect(rows.first).to_contain_text("安全词")
    await check_page(page)
    if pictures:
        await picture(page, pictures, "transcripts")
    await page.select_option("[name=intent]", "apply")
    await expect(rows).to_have_count(1)

    await page.click("#found tbody a")
    await expect(page.locator(".facts")).to_contain_text("13712345678")
    await expect(page.locator(".facts")).to_contain_text("张小满")
    await check_page(page)
    if pictures:
        await picture(page, pictures, "transcript")
    await page.click("button:has-text('理解错了')")
    await page.select_option("#f-intent", "apply")
    await page.click("#mark button:has-text('标记')")
    await expect(page.locator(".fault-summary")).to_contain_text("已经是这样理解的")
    await check_page(page)
    await page.select_option("#f-intent", "bind_phone")
    await page.click("#mark button:has-text('标记')")
    await expect(page.locator("#said")).to_contain_text("已标记")
    await expect(page.locator(".facts")).to_contain_text("绑定电话")

    await page.goto(f"{town.backend}/console/transcripts/")
    await page.click("#found tbody a >> text=煤气味")
    await expect(page.locator(".facts")).to_contain_text("燃气泄漏")
    await page.click("text=对话记录")
    await page.click("#found tbody a >> text=没人会怎样")
    await expect(page.locator(".facts")).to_contain_text("约好了家里没人怎么办")

    await page.click("text=对话记录")
    async with page.expect_download() as download:
        await page.click("text=bind_phone.txt")
    assert (await download.value).suggested_filename == "bind_phone.txt"
    assert (await (await download.value).path()).read_text(encoding="utf-8") == "{人名},电话{号},想装天然气\n"


async def test_the_main_mistake_nothing_fits_says_so(page: Page, town: Town) -> None:
    await log_in(page, town.backend, "supervisor", "/console/transcripts/?customer=13900000000")
    await expect(page.locator(".empty")).to_contain_text("没有这样的对话")
    await check_page(page)
