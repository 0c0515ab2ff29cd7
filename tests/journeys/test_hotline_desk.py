"""A conversation at the hotline desk: taken by a click, answered live on the same screen, given back."""

from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.support.console import check_page, log_in, picture
from tests.support.phone import Phone
from tests.support.town import Town

pytestmark = pytest.mark.browser


async def test_a_customer_is_answered_live(page: Page, town: Town, pictures: Path | None) -> None:
    customer: Phone = town.somebody()
    customer.act("follow")
    await log_in(page, town.backend, "hotline_agent", "/console/hotline/")
    await expect(page.locator(".queue")).to_have_count(0)
    customer.say("报装要什么资料")
    customer.say("我要找人工客服")
    await expect(page.locator(".queue__waiting")).to_contain_text("我要找人工客服", timeout=5_000)
    await check_page(page)
    await page.click("text=接入")
    await expect(page.locator("#lines")).to_contain_text("报装要什么资料")

    assert customer.act("say", text="我的房子是租的") == ""
    await expect(page.locator("#lines")).to_contain_text("我的房子是租的", timeout=4_000)
    customer.send_picture()
    await expect(page.locator("#lines img")).to_have_count(1, timeout=10_000)

    await page.fill("#f-text", "租的房子也能装，带租赁合同就行")
    await page.keyboard.press("Control+Enter")
    await expect(page.locator(".bubble_agent")).to_contain_text("租赁合同", timeout=4_000)
    await expect(page.locator("#f-text")).to_have_value("")
    await expect(page.locator("#f-text")).to_be_focused()
    customer.wait_for("租的房子也能装", channel="custom")
    await expect(page.locator(".bubble_agent")).to_contain_text("微信已收下", timeout=5_000)
    await check_page(page)
    if pictures:
        await picture(page, pictures, "hotline-talk")

    assert "室外" in customer.act("say", text="等一下，屋里有煤气味")
    await expect(page.locator("#lines")).to_contain_text("紧急", timeout=4_000)

    await page.click("button:has-text('交还智能助手')")
    await page.fill("#hand-back [name=note]", "租房可装，已说明")
    await page.click("#hand-back button:has-text('交还智能助手')")
    await expect(page.locator("#said")).to_contain_text("已交还智能助手")
    customer.wait_for("智能助手接着", channel="custom")


async def test_the_main_mistake_a_colleague_was_first(page: Page, town: Town) -> None:
    customer = town.somebody()
    customer.act("follow")
    customer.say("转人工")
    [talk] = town.desk("hotline_agent").get("/api/staff/talks")["items"]
    await log_in(page, town.backend, "hotline_agent", f"/console/hotline/?talk={talk['id']}")
    town.desk("hotline_agent").post(f"/api/staff/talks/{talk['id']}/take")
    town.desk("hotline_agent").post(f"/api/staff/talks/{talk['id']}/hand-back")
    await page.click(".talk button:has-text('接入')")
    await expect(page.locator(".fault-summary")).to_contain_text("已经结束")
    await check_page(page)
