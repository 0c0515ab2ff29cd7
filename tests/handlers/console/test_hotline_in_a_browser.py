"""The hotline desk in a browser: found while typing, logged by keyboard, nothing lost, nothing doubled."""

from pathlib import Path
from uuid import uuid4

import pytest
from playwright.async_api import Page, expect

from tests.support.console import check_page, log_in, picture
from tests.support.office import Desks, file
from tests.support.processes import RunningProcess

pytestmark = pytest.mark.browser

DESK = "/console/hotline/"


@pytest.fixture
async def at_desk(page: Page, office: RunningProcess) -> Page:
    await log_in(page, office.url, "hotline_agent", DESK)
    await page.wait_for_load_state()  # its scripts listen to the keys
    await expect(page.locator("h1")).to_have_text("热线台")
    return page


def a_phone() -> str:
    return f"139{uuid4().int % 10**8:08d}"


async def test_a_call_about_a_case_by_keyboard_alone(
    at_desk: Page, desk: Desks, pictures: Path | None
) -> None:
    page, phone = at_desk, a_phone()
    case = file(desk("customer_manager"), contact_name="顾来电", contact_phone=phone)
    await page.keyboard.press("/")
    await page.keyboard.type(phone[-4:])
    await expect(page.locator("#found a").first).to_contain_text("顾来电")
    await page.keyboard.press("Enter")
    await expect(page.locator("#caller")).to_contain_text(case["number"])
    await expect(page.locator("[name=caller_phone]")).to_have_value(phone)
    await check_page(page)
    if pictures:
        await picture(page, pictures, "hotline")
    await page.click(f"[data-about='{case['number']}'][data-kind=urge]")
    await expect(page.locator("[name=content]")).to_be_focused()
    await page.keyboard.type("问什么时候来装")
    await page.keyboard.press("Control+Enter")
    await expect(page.locator("#said")).to_contain_text("来电已记录")
    shown = desk("hotline_agent").get(f"/api/staff/applications/{case['number']}")
    assert [(call["kind"], call["content"]) for call in shown["calls"]] == [("urge", "问什么时候来装")]
    assert "urged" in [event["event"] for event in shown["history"]]
    await expect(page.locator("[name=content]")).to_have_value("")


async def test_a_reload_loses_nothing_and_a_repeat_doubles_nothing(at_desk: Page, desk: Desks) -> None:
    page, phone = at_desk, a_phone()
    await page.keyboard.press("n")
    await page.keyboard.type("想问问价格")
    await page.fill("[name=caller_phone]", phone)
    once = await page.input_value("#call [name=once]")
    await page.reload()
    await expect(page.locator("#restored")).to_be_visible()
    await expect(page.locator("[name=content]")).to_have_value("想问问价格")
    assert await page.input_value("#call [name=once]") == once
    await check_page(page)
    await page.evaluate("""async () => {
        const body = () => new URLSearchParams(new FormData(document.getElementById('call')));
        await Promise.all([1, 2].map(() => fetch('/console/hotline/calls', {method: 'POST', body: body()})));
    }""")
    await page.click("#call button:has-text('保存')")
    await expect(page.locator("#said")).to_contain_text("来电已记录")
    await page.fill("#q-caller", phone)
    await page.click("#found a")
    await expect(page.locator("#caller .timeline li")).to_have_count(1)


async def test_the_main_mistake_a_call_without_words_is_told_and_keeps_the_rest(at_desk: Page) -> None:
    page = at_desk
    await page.fill("[name=caller_phone]", "12")
    await page.fill("[name=content]", "线路不好")
    await page.keyboard.press("Control+Enter")
    await expect(page.locator(".fault-summary")).to_contain_text("来电号码")
    await expect(page.locator("[name=content]")).to_have_value("线路不好")
    await check_page(page)


async def test_an_emergency_shows_what_to_say_and_raises_the_alarm_on_save(
    at_desk: Page, desk: Desks, pictures: Path | None
) -> None:
    page, phone = at_desk, a_phone()
    await expect(page.locator("#safety")).to_be_hidden()
    await page.keyboard.press("Alt+6")
    for words in ("不要开关任何电器", "打开门窗通风", "4000678099", "119", "120"):
        await expect(page.locator("#safety")).to_contain_text(words)
    await check_page(page)
    if pictures:
        await picture(page, pictures, "hotline-emergency")
    await page.fill("[name=caller_phone]", phone)
    await page.select_option("[name=danger]", "fire")
    await page.fill("[name=address]", "龙湖镇祥安路5号")
    await page.fill("[name=content]", "厨房着火了，人已出来")
    await page.keyboard.press("Control+Enter")
    await expect(page.locator("#said")).to_contain_text("值班人员已收到警报")
    [task] = desk("duty_officer").tasks(kind="emergency", address="龙湖镇祥安路5号")
    full = desk("duty_officer").get(f"/api/staff/tasks/{task['id']}")
    assert (full["contact_phone"], full["report"]) == (phone, "厨房着火了，人已出来")


async def test_a_caller_without_a_case_applies_on_the_same_screen(at_desk: Page, desk: Desks) -> None:
    page, phone = at_desk, a_phone()
    await page.keyboard.press("Alt+2")
    await page.fill("[name=caller_phone]", phone)
    await page.fill("[name=content]", "想装天然气")
    await page.keyboard.press("Control+Enter")
    await expect(page.locator(".fault-summary")).to_contain_text("姓名")
    await check_page(page)
    await page.fill("[name=contact_name]", "赵装气")
    await page.fill("[name=address]", f"新郑市龙湖镇龙湖锦园{phone[-4:]}号楼101")
    await page.click("#call button:has-text('保存')")
    await expect(page.locator("#said")).to_contain_text("报装已受理")
    [case] = desk("hotline_agent").get("/api/staff/applications", query=phone)["items"]
    assert case["contact_name"] == "赵装气"


async def test_a_promised_call_back_is_listed_and_done_with_a_word(at_desk: Page) -> None:
    page, phone = at_desk, a_phone()
    await page.fill("[name=caller_phone]", phone)
    await page.fill("[name=content]", f"请回电告诉结果{phone}")
    await page.fill("[name=callback_at]", "2026-01-02T09:00")
    await page.keyboard.press("Control+Enter")
    entry = page.locator(".queue li", has_text=phone).first
    await expect(entry).to_contain_text("超时")
    await check_page(page)
    await entry.locator("summary:has-text('已回电')").click()
    await entry.locator("textarea").fill("已告知明天上门")
    await entry.locator("button:has-text('保存')").click()
    await expect(page.locator("#said")).to_contain_text("回电已记录")
    await expect(page.locator(".queue li", has_text=phone)).to_have_count(0)


async def test_single_keys_can_be_turned_off(at_desk: Page) -> None:
    page = at_desk
    await page.keyboard.press("?")
    await expect(page.locator("#keys")).to_be_visible()
    await check_page(page)
    await page.click("text=启用单键快捷键")
    await page.keyboard.press("Escape")
    await page.keyboard.press("/")
    await expect(page.locator("#q-caller")).not_to_be_focused()
