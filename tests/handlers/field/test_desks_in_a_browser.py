"""Designers, site managers and duty officers at their phones: the main path, the main mistake, and pages that follow by themselves."""

import pytest
from playwright.async_api import Page, expect

from tests.handlers.field.browsing import PHOTO, local, log_in
from tests.support.office import Desks, file
from tests.support.processes import RunningProcess
from tests.support.project import Works
from tests.support.town import Town

pytestmark = pytest.mark.browser


@pytest.fixture
def works(office: RunningProcess, simulator_process: RunningProcess) -> Works:
    works = Works.found(Town(backend=office.url, platform=simulator_process.url), "resident")
    works.hand_off()
    return works


async def test_a_designer_surveys_and_draws(page: Page, office: RunningProcess, works: Works) -> None:
    errors = await log_in(page, office.url, "designer", f"/m/projects/{works.id}")
    await page.fill(".block_next [name=at]", local(9))
    await page.click("button:has-text('确定预约')")
    await page.set_input_files(".block_next input[type=file]", PHOTO)
    await page.click("button:has-text('我已到场')")

    survey = page.locator("[action$=survey]")
    await survey.locator("[name=pressure_ok]").select_option("false")
    await survey.locator("[name=excavation_metres]").fill("0")
    await page.click("button:has-text('提交勘察结果')")
    await expect(page.locator("[action$=survey] .fault")).to_have_text("请写明原因。")
    await expect(survey.locator("[name=pressure_ok]")).to_have_value("false")
    await survey.locator("[name=pressure_ok]").select_option("true")
    await page.click("button:has-text('提交勘察结果')")

    await page.fill("[name=quantities]", "管道50米")
    await page.click("button:has-text('提交施工图')")
    await expect(page.locator("[action$=drawings] .fault")).to_have_text("必填。")
    await page.set_input_files("[action$=drawings] input[type=file]", [PHOTO, PHOTO])
    await page.click("button:has-text('提交施工图')")
    await expect(page.locator(".notice_good")).to_contain_text("已发送：上传施工图")
    seen = works.seen()
    assert seen["stage"] == "building"
    assert len(seen["designs"][0]["document_ids"]) == 2
    assert errors == []


async def test_a_site_manager_reports_a_change_and_may_do_nothing_else(
    page: Page, office: RunningProcess, works: Works
) -> None:
    works.survey()
    works.draw()
    await log_in(page, office.url, "site_manager", f"/m/projects/{works.id}")
    assert await page.locator("form[action*='/m/projects/']").count() == 1
    await page.click("summary:has-text('申请工程量变更')")
    await page.fill("[name=note]", "红线内多出20米")
    await page.set_input_files("[action$=change] input[type=file]", PHOTO)
    await page.click("button:has-text('提交变更申请')")
    await expect(page.locator(".notice_good")).to_contain_text("已发送：申请工程量变更")
    assert [one["reason"] for one in works.seen()["change_requests"]] == ["红线内多出20米"]


async def test_a_new_task_comes_without_a_reload_and_leaves_the_search_alone(
    page: Page, office: RunningProcess, desk: Desks
) -> None:
    await log_in(page, office.url, "customer_manager", "/m/tasks")
    await page.wait_for_load_state("networkidle")
    await page.fill("[name=query]", "还没查")
    filed = file(desk("customer_manager"), contact_name="新来的客户")
    await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    await expect(page.locator("[data-live=tasks]", has_text=filed["address"])).to_have_count(1)
    await expect(page.locator("[name=query]")).to_have_value("还没查")


async def test_a_duty_officer_takes_an_emergency_and_finds_it_by_search(
    page: Page, office: RunningProcess, desk: Desks
) -> None:
    report = {"caller_phone": "13800007777", "kind": "emergency", "content": "厨房闻到燃气味"}
    desk("hotline_agent").post("/api/staff/calls", report)
    (task,) = [
        one for one in desk("duty_officer").tasks(kind="emergency") if one["contact_phone"] == "138****7777"
    ]
    await log_in(page, office.url, "duty_officer", f"/m/tasks/{task['id']}")
    await expect(page.locator("a[href='tel:13800007777']").first).to_be_visible()
    await page.locator("button:has-text('接单')").dblclick()
    await page.fill("[name=note]", "已关阀，无泄漏")
    await page.click("button:has-text('办完了')")
    await expect(page.locator("text=已关阀，无泄漏")).to_be_visible()
    assert task["id"] not in [one["id"] for one in desk("duty_officer").tasks(kind="emergency")]
