"""The main job as a newcomer does it: in the simulator's page, two phones side by side."""

import re
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import FrameLocator, Locator, Page, expect

from tests.support.desk import PICTURE
from tests.support.town import Town

pytestmark = pytest.mark.browser
PHOTO: Any = {"name": "IMG.png", "mimeType": "image/png", "buffer": PICTURE}
ANSWERS = (
    ("姓名", "我叫周小雨"),
    ("联系电话", "13712349876"),
    ("装气的地址", "新郑市龙湖镇龙湖锦园7号楼1单元302"),
    ("上门？", "跳过"),
)


async def test_two_phones_from_a_wish_to_a_flame(page: Page, town: Town) -> None:
    page.set_default_timeout(45_000)
    expect.set_options(timeout=45_000)
    await page.set_viewport_size({"width": 1440, "height": 900})
    town.phone_of("customer_manager")
    await page.goto(town.platform)
    customer, staff = page.locator('[data-phone="customer"]'), page.locator('[data-phone="staff"]')
    await customer.get_by_role("combobox").select_option("customer")
    await follow(customer)

    number = await apply(customer)
    await staff.get_by_role("combobox").select_option("customer_manager")
    await (
        staff.locator(".bubble, article, li", has_text=number)
        .get_by_role("button", name="查看详情")
        .last.click()
    )
    await do_the_visit(staff.frame_locator("iframe"), town)

    await expect(customer.get_by_role("log")).to_contain_text("已点火通气")
    await say(customer, "到哪一步了")
    await expect(customer.get_by_role("log")).to_contain_text("已通气")

    await customer.get_by_role("tab", name="小程序").click()
    await customer.get_by_role("button", name=number).click()
    await expect(customer.get_by_text("已点火通气").first).to_be_visible()
    await customer.get_by_role("tab", name="公众号").click()
    await say(customer, "5")
    await expect(customer.get_by_role("log")).to_contain_text("谢谢")


async def follow(customer: Locator) -> None:
    """Follows as for the first time, whatever this person did in earlier tests."""
    follows = customer.get_by_role("button", name="取消关注", exact=True)
    if await follows.count():
        await follows.click()
    await customer.get_by_role("button", name="关注公众号").click()
    await expect(customer.get_by_role("log")).to_contain_text("天然气")


async def say(customer: Locator, words: str) -> None:
    await customer.get_by_label("发消息").fill(words)
    await customer.get_by_label("发消息").press("Enter")


async def apply(customer: Locator) -> str:
    """Answers what is asked until the number comes."""
    await say(customer, "我家想装天然气")
    log = customer.get_by_role("log")
    for asked, answer in ANSWERS:
        await expect(log.get_by_text(asked).last).to_be_visible()
        await say(customer, answer)
    await expect(log).to_contain_text("照片")
    await customer.get_by_label("更多").click()
    await customer.get_by_label("照片").set_input_files(PHOTO)
    await expect(log.get_by_text("没问题请回复").last).to_be_visible()
    await say(customer, "确认")
    await expect(log.get_by_text("报装成功").last).to_be_visible()
    found = re.findall(r"XZ\d{12,}", await log.inner_text())
    return str(found[-1])


async def do_the_visit(sheet: FrameLocator, town: Town) -> None:
    """On the manager's phone page: accept, book, check in, ignite with a photo."""
    await sheet.locator(".block_next").get_by_role("button", name="接单").click()
    at = (town.now() + timedelta(hours=2)).astimezone(ZoneInfo("Asia/Shanghai"))
    await sheet.locator(".block_next [name=at]").fill(at.strftime("%Y-%m-%dT%H:%M"))
    await sheet.get_by_role("button", name="确定预约").click()
    await sheet.get_by_role("button", name="我已到场").click()
    meter = sheet.locator(".block_next [name=meter_number]")
    papers = sheet.locator(".block_next .camera", has_text="身份证")
    await expect(meter.or_(papers).first).to_be_visible()
    if await papers.count():
        await papers.locator("input[type=file]").set_input_files(PHOTO)
        await expect(sheet.locator(".block_next .shot").first).to_be_visible()
        await sheet.get_by_role("button", name="提交资料").click()
    await meter.fill("M-302")
    await sheet.locator(".block_next input[type=file]").first.set_input_files(PHOTO)
    await expect(sheet.locator(".block_next .shot").first).to_be_visible()
    await sheet.get_by_role("button", name="确认已通气").click()
    await expect(sheet.get_by_text("点火通气已按时完成").first).to_be_visible()
