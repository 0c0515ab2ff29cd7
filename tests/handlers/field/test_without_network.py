"""A cellar without network: nothing typed is lost, everything goes once, and the page says plainly where it stands."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, Route, expect

from backend import clock
from tests.handlers.field.browsing import PHOTO, kept, local, log_in, number_in, ready
from tests.support.console import picture
from tests.support.desk import DEMO_PASSWORD, Desk
from tests.support.office import Desks
from tests.support.processes import RunningProcess

pytestmark = pytest.mark.browser


def events(desk: Desk, number: str) -> list[str]:
    history = desk.get(f"/api/staff/applications/{number}")["history"]
    return [event["event"] for event in history]


@pytest.fixture
def booked(desk: Desks, case: dict[str, Any]) -> str:
    """An application whose manager has an appointment; its number."""
    manager = desk("customer_manager")
    (task,) = manager.tasks(kind="visit", application_number=case["number"])
    manager.post(f"/api/staff/tasks/{task['id']}/accept")
    manager.post(f"/api/staff/applications/{case['number']}/visits", {"at": f"{local(3)}:00+08:00"})
    return str(case["number"])


async def test_a_whole_visit_waits_for_the_network(
    page: Page, office: RunningProcess, desk: Desks, booked: str, pictures: Path | None
) -> None:
    manager, path = desk("customer_manager"), f"/m/applications/{booked}"
    errors = await log_in(page, office.url, "customer_manager", path)
    await kept(page)

    await page.context.set_offline(True)
    await page.set_input_files(".block_next input[type=file]", [PHOTO, PHOTO])
    await expect(page.locator(".block_next .shot")).to_have_count(2)
    await page.click("button:has-text('我已到场')")
    await expect(page.locator("#outbox")).to_contain_text("未发送，联网后自动发送")
    await page.click("details summary:has-text('点火通气')")
    await page.fill("[name=meter_number]", "M-77")

    await page.reload()
    await ready(page)
    await expect(page.locator("#kept")).to_contain_text("没有网络，这是刚才的内容")
    await expect(page.locator(".waits").first).to_contain_text("未发送")
    await expect(page.locator("[name=meter_number]")).to_have_value("M-77")
    if pictures:
        await picture(page, pictures, "m-waiting")
    assert "checked_in" not in events(manager, booked)

    await page.context.set_offline(False)
    await expect(page.locator(".notice_good")).to_contain_text("已发送：到场签到")
    assert events(manager, booked).count("checked_in") == 1
    shown = manager.get(f"/api/staff/applications/{booked}")
    assert [paper["kind"] for paper in shown["documents"]] == ["photo", "photo"]
    await expect(page.locator("[name=meter_number]")).to_have_value("M-77")
    assert errors == []


async def test_an_answer_that_never_arrived_is_asked_for_again(
    page: Page, office: RunningProcess, desk: Desks, booked: str
) -> None:
    await log_in(page, office.url, "customer_manager", f"/m/applications/{booked}")
    lost: list[str] = []

    async def lose(route: Route) -> None:
        if lost:
            await route.continue_()
        else:
            lost.append((await route.fetch()).status_text)
            await route.abort()

    await page.route("**/no_show", lose)
    await page.click("summary:has-text('没见到人')")
    await page.fill("[action$=no_show] [name=note]", "敲门没有人应")
    await page.locator("[action$=no_show] button:has-text('请客户改约')").dblclick()
    await expect(page.locator(".notice_good")).to_contain_text("已发送：没见到人")
    assert lost
    assert events(desk("customer_manager"), booked).count("no_show") == 1


async def test_a_crash_in_the_middle_of_a_form_loses_nothing(
    page: Page, office: RunningProcess, desk: Desks, booked: str
) -> None:
    await log_in(page, office.url, "customer_manager", f"/m/applications/{booked}")
    await page.click("summary:has-text('暂停计时')")
    await page.fill("[action$=pause] [name=note]", "业主在外地，下周")
    await page.set_input_files("[action$=pause] input[type=file]", PHOTO)
    await expect(page.locator("[action$=pause] .shot")).to_contain_text("已上传")

    await page.reload()
    await ready(page)
    await expect(page.locator("[action$=pause] [name=note]")).to_have_value("业主在外地，下周")
    await expect(page.locator("[action$=pause] .shot")).to_have_count(1)
    await expect(page.locator(".restored")).to_contain_text("已恢复")

    await page.click("[action$=pause] button:has-text('暂停')")
    await expect(page.locator(".notice_good")).to_contain_text("已发送：暂停计时")
    await expect(page.locator(".restored")).to_have_count(0)
    assert await page.evaluate("idbKeyval.keys().then((keys) => keys.length)") == 0


async def test_drafts_nobody_came_back_to_go_after_a_week(
    page: Page, office: RunningProcess, booked: str
) -> None:
    path = f"/m/applications/{booked}"
    await log_in(page, office.url, "customer_manager", path)
    await page.click("summary:has-text('暂停计时')")
    note = page.locator("[action$=pause] [name=note]")
    await note.fill("业主在外地")
    drafts = "Object.keys(localStorage).filter((key) => key.startsWith('field:draft:'))"
    assert len(await page.evaluate(drafts)) == 1
    await note.fill("")
    assert await page.evaluate(drafts) == []

    await note.fill("业主在外地")
    await page.set_input_files("[action$=pause] input[type=file]", PHOTO)
    await expect(page.locator("[action$=pause] .shot")).to_contain_text("已上传")
    await page.clock.set_fixed_time(clock.real_now() + timedelta(days=8))
    await page.reload()
    await ready(page)
    await expect(note).to_have_value("")
    assert await page.evaluate("idbKeyval.keys().then((keys) => keys.length)") == 0


async def test_what_the_server_refuses_comes_back_into_its_form(
    page: Page, office: RunningProcess, booked: str
) -> None:
    await log_in(page, office.url, "customer_manager", f"/m/applications/{booked}")
    await page.click("summary:has-text('改上门时间')")
    await page.fill("[action$=book] [name=at]", "2020-01-01T10:00")
    await page.click("button:has-text('确定改期')")
    await expect(page.locator("[action$=book] .fault")).to_have_text("上门时间不能早于现在。")
    await expect(page.locator("[action$=book] [name=at]")).to_have_value("2020-01-01T10:00")
    await expect(page.locator("#outbox")).to_be_hidden()


async def test_two_doors_of_a_canvass_wait_and_go_in_order(
    page: Page, office: RunningProcess, desk: Desks
) -> None:
    await log_in(page, office.url, "customer_manager", "/m/canvass")
    await kept(page)
    await page.context.set_offline(True)
    for door in ("71", "72"):
        await page.goto(f"{office.url}/m/canvass")
        await ready(page)
        if door == "71":
            await page.click("label:has-text('居民')")
            await page.fill("[name=place]", "新郑市龙湖镇龙湖锦园")
        await expect(page.locator("[name=place]")).to_have_value("新郑市龙湖镇龙湖锦园")
        await page.fill("[name=house]", f"{door}号楼2单元301")
        await page.fill("[name=contact_name]", "周大爷")
        await page.fill("[name=contact_phone]", f"139000000{door}")
        await page.check("[name=on_behalf_consent]")
        await page.click("button:has-text('报装')")
        if door == "71":
            await expect(page.locator("#outbox")).to_contain_text("还有1项等待发送")
            await expect(page.locator("[name=contact_name]")).to_have_value("")
    await expect(page.locator("#outbox")).to_contain_text("还有2项等待发送")

    await page.context.set_offline(False)
    await page.wait_for_url("**/m/canvass/XZ*")
    number = number_in(await page.inner_text(".receipt__number"))
    filed = desk("customer_manager").get(f"/api/staff/applications/{number}")
    assert filed["address"].endswith("72号楼2单元301")
    assert (filed["street_canvass"], filed["on_behalf_consent"]) == (True, True)
    found = desk("customer_manager").get("/api/staff/applications", query="13900000071")["items"]
    assert len(found) == 1


async def test_logging_out_leaves_nothing_on_the_phone(
    page: Page, office: RunningProcess, booked: str
) -> None:
    await log_in(page, office.url, "customer_manager", f"/m/applications/{booked}")
    await kept(page)
    await page.click("summary:has-text('暂停计时')")
    await page.fill("[action$=pause] [name=note]", "业主在外地")
    await page.goto(f"{office.url}/m/tasks")
    await page.click("button:has-text('退出登录')")
    await page.wait_for_url("**/m/login**")
    await page.wait_for_load_state("networkidle")
    left = "Object.keys(localStorage).filter((key) => key.startsWith('field:'))"
    assert await page.evaluate(left) == []
    assert await page.evaluate("idbKeyval.keys().then((keys) => keys.length)") == 0
    assert await page.evaluate("caches.has('field-pages')") is False
    await page.context.set_offline(True)
    await page.goto(f"{office.url}/m/applications/{booked}")
    await expect(page.locator("h1")).to_have_text("没有网络")


async def test_an_expired_login_keeps_what_waits(
    page: Page, office: RunningProcess, desk: Desks, booked: str
) -> None:
    path = f"/m/applications/{booked}"
    await log_in(page, office.url, "customer_manager", path)
    await page.context.clear_cookies()
    await page.click("summary:has-text('没见到人')")
    await page.fill("[action$=no_show] [name=note]", "敲门没有人应")
    await page.click("[action$=no_show] button:has-text('请客户改约')")
    await expect(page.locator("#outbox")).to_contain_text("登录已过期，内容还在，登录后自动发送。")
    await page.click("#outbox a:has-text('去登录')")
    await page.fill("[name=login]", "customer_manager")
    await page.fill("[name=password]", DEMO_PASSWORD)
    await page.click("button:has-text('登录')")
    await expect(page.locator(".notice_good")).to_contain_text("已发送：没见到人")
    assert events(desk("customer_manager"), booked).count("no_show") == 1
