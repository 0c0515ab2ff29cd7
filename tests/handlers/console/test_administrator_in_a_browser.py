"""The administrator's pages in a browser: an account from its first day to its last, and what is refused on the way."""

from uuid import uuid4

import pytest
from playwright.async_api import Page, expect

from tests.support.console import check_page, log_in
from tests.support.desk import DEMO_PASSWORD, Desk, Refused
from tests.support.office import Desks, file
from tests.support.processes import RunningProcess

pytestmark = pytest.mark.browser


async def fill_in(page: Page, login: str, name: str) -> None:
    await page.fill("[name=login]", login)
    await page.fill("[name=password]", DEMO_PASSWORD)
    await page.fill("[name=name]", name)
    await page.fill("[name=phone]", "13900002222")
    await page.select_option("[name=department]", "market_development")


async def test_an_account_from_its_first_day_to_its_last(
    page: Page, office: RunningProcess, desk: Desks
) -> None:
    login, name = f"m-{uuid4().hex[:6]}", f"新人{uuid4().hex[:4]}"
    await log_in(page, office.url, "administrator", "/console/staff")
    await check_page(page)
    await page.click("text=新建账号")
    await fill_in(page, login, name)
    await page.click("text=建立账号")
    await expect(page.locator(".fault-summary")).to_contain_text("必填")  # no role is ticked
    await check_page(page)
    assert await page.input_value("[name=name]") == name

    await page.fill("[name=password]", DEMO_PASSWORD)
    await page.check("[name=roles][value=customer_manager]")
    await page.check("[name=districts][value=具茨山管理区]")
    await page.click("text=建立账号")
    await expect(page.locator("#said")).to_contain_text(f"已为{name}建立账号")
    await check_page(page)
    theirs = Desk.of_staff(office.url, login)
    filed = file(theirs)
    reassign = f"/api/staff/applications/{filed['number']}/reassign"
    if filed["manager"]["name"] != name:
        desk("supervisor").post(reassign, {"manager_id": theirs.staff["id"]})

    await page.reload()
    await page.click("button:has-text('停用账号')")
    await expect(page.locator("#leave-dialog")).to_contain_text("1件报装")
    await page.click("#leave-dialog button:has-text('停用账号')")
    await expect(page.locator("#said")).to_contain_text("件事已转给")
    await check_page(page)
    await expect(page.locator(".timeline")).to_contain_text("停用账号 高翔")
    with pytest.raises(Refused):
        theirs.get("/api/staff/tasks")


async def test_a_binding_code_is_shown_for_somebody_else(
    page: Page, office: RunningProcess, desk: Desks
) -> None:
    await log_in(page, office.url, "administrator", f"/console/staff/{desk('inspector').staff['id']}")
    await page.click("button:has-text('微信绑定码')")
    await expect(page.locator(".qr svg")).to_be_visible()
    await check_page(page)


async def test_an_uncovered_district_is_seen_and_mended(page: Page, office: RunningProcess) -> None:
    await log_in(page, office.url, "administrator", "/console/coverage")
    await expect(page.locator(".alert-warning")).to_contain_text("城区")
    row = page.locator("#districts tr", has_text="城区")
    await row.locator("button:has-text('修改')").click()
    await row.locator("dialog[open] label", has_text="王建国").click()
    await check_page(page)
    await row.locator("dialog[open] button:has-text('保存')").click()
    await expect(page.locator("#said")).to_contain_text("城区的客户经理已更新")
    await expect(page.locator("#districts tr", has_text="城区")).to_contain_text("王建国")
    await check_page(page)
    await row.locator("button:has-text('修改')").click()
    await row.locator("dialog[open] label", has_text="王建国").click()
    await row.locator("dialog[open] button:has-text('保存')").click()
    await expect(page.locator(".alert-warning")).to_contain_text("城区")


async def test_the_machinery_the_menu_and_the_messages(page: Page, office: RunningProcess) -> None:
    await log_in(page, office.url, "administrator", "/console/system")
    await expect(page.locator(".alert-danger")).to_contain_text("没有调度器的心跳")
    await page.click("text=现在核对")
    await expect(page.locator("#templates .alert")).to_contain_text("与平台")
    await check_page(page)

    await page.click("nav >> text=公众号菜单")
    await check_page(page)
    await page.click("button:has-text('发布到公众号')")
    await page.click("#publish button:has-text('发布到公众号')")
    await expect(page.locator("#said")).to_contain_text("菜单已发布")
    await expect(page.locator("main")).to_contain_text("与平台一致，不用发布")

    await page.click("nav >> text=消息预览")
    await page.fill("[name=words]", "报装已受理")
    await page.wait_for_url("**/message-previews?words=**")  # the search has answered
    await expect(page.locator("details.preview").first).to_contain_text("报装已受理")
    await page.click("details.preview >> nth=0")
    await check_page(page)

    await page.click("nav >> text=规定口径")
    await expect(page.locator("main")).to_contain_text("§1.3-1")
    await check_page(page)
