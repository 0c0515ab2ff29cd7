"""The counter in a browser: papers in, decision before sending, receipt in hand; and what goes wrong there every day."""

from pathlib import Path
from uuid import uuid4

import pytest
from playwright.async_api import FilePayload, Page, expect

from tests.support.case import a_phone
from tests.support.console import check_page, fits, log_in
from tests.support.desk import PICTURE
from tests.support.office import Desks, a_home, file
from tests.support.processes import RunningProcess

pytestmark = pytest.mark.browser

HOME = "/console/counter"


async def bring(page: Page, paper: str) -> None:
    """One paper, photographed."""
    row = page.locator(f".paper[data-paper={paper}]:visible")
    photo: FilePayload = {"name": f"{paper}.png", "mimeType": "image/png", "buffer": PICTURE}
    await row.locator("input[type=file]").set_input_files(photo)
    await expect(row.locator("[name=document_ids]")).to_have_count(1)


async def fill_in(page: Page, phone: str, address: str) -> None:
    await page.fill("[name=contact_phone]", phone)
    await page.fill("[name=contact_name]", "王小满")
    await page.fill("[name=address]", address)


async def test_from_papers_to_a_receipt(page: Page, office: RunningProcess, desk: Desks) -> None:
    phone, address = a_phone(), a_home()
    await log_in(page, office.url, "counter_clerk", HOME)
    await check_page(page)
    await expect(page.locator("#decision")).to_contain_text("是必须的，现在不能受理")
    await fill_in(page, phone, address)
    await expect(page.locator("#known")).to_contain_text("没有这位客户的记录")
    essential = page.locator(".paper[data-essential]:visible")
    for place in range(await essential.count()):
        await bring(page, str(await essential.nth(place).get_attribute("data-paper")))
    await expect(page.locator("#decision")).to_contain_text("先受理，5个工作日内由客户经理上门收")
    await check_page(page)
    await page.click("button:has-text('受理')")

    await expect(page.locator("#said")).to_contain_text("已受理，受理号XZ")
    number = (await page.inner_text(".receipt__number")).strip()
    await expect(page.locator(".receipt")).to_contain_text("前通气")
    await expect(page.locator(".receipt")).to_contain_text("由客户经理上门收")
    await expect(page.locator(".receipt svg")).to_be_visible()
    await check_page(page)
    followed = str(await page.get_attribute(".receipt__follow a", "href"))
    progress = await page.context.request.get(followed, headers={"Cookie": ""})
    assert (progress.status, number in await progress.text()) == (200, True)
    await page.emulate_media(media="print")
    await expect(page.locator("nav.side")).to_be_hidden()
    seen = desk("counter_clerk").get(f"/api/staff/applications/{number}")
    assert (seen["address"], seen["channel"]) == (address, "outlet")


async def test_the_same_person_again_is_known_and_not_filed_twice(
    page: Page, office: RunningProcess, desk: Desks
) -> None:
    phone, address = a_phone(), a_home()
    first = file(desk("customer_manager"), contact_phone=phone, address=address, contact_name="赵敏")
    await log_in(page, office.url, "counter_clerk", HOME)
    await page.fill("[name=contact_phone]", phone)
    await page.press("[name=contact_phone]", "Tab")
    await page.click("#known button:has-text('赵敏')")
    await page.click(f"#known button:has-text('{address}')")
    await expect(page.locator("#known")).to_contain_text(first["number"])
    await check_page(page)
    assert await page.input_value("[name=contact_name]") == "赵敏"
    for paper in ("identity", "title"):
        if await page.locator(f".paper[data-paper={paper}]:visible").count():
            await bring(page, paper)
    await page.click("button:has-text('受理')")

    await expect(page.locator(".fault-summary")).to_contain_text("已经有一件在办的报装，不用再报")
    await expect(page.locator(f"a:has-text('查看{first['number']}')")).to_be_visible()
    await check_page(page)


async def test_an_essential_paper_missing_is_refused_and_nothing_typed_is_lost(
    page: Page, office: RunningProcess
) -> None:
    await log_in(page, office.url, "counter_clerk", HOME)
    await page.check("[name=customer_kind][value=non_resident]")
    await fill_in(page, a_phone(), f"新郑市中兴路商业街{uuid4().int % 9000}号")
    await expect(page.locator("#decision")).to_contain_text("营业执照")
    deferrable = page.locator(".paper:not([data-essential]):visible").first
    await bring(page, str(await deferrable.get_attribute("data-paper")))
    await page.click("button:has-text('受理')")

    await expect(page.locator(".fault-summary")).to_contain_text("缺少必需的资料")
    assert await page.input_value("[name=contact_name]") == "王小满"
    await expect(page.locator(".paper__taken [name=document_ids]")).to_have_count(1)
    await check_page(page)


async def test_a_file_that_is_no_picture_says_so_in_its_place(
    page: Page, office: RunningProcess, tmp_path: Path
) -> None:
    await log_in(page, office.url, "counter_clerk", HOME)
    wrong = tmp_path / "a.exe"
    wrong.write_bytes(b"MZ\x90")
    await page.locator(".paper input[type=file]").first.set_input_files(wrong)
    await expect(page.locator(".paper__taken [role=alert]")).to_contain_text("只接受")
    await fits(page)


async def test_an_enquiry_is_written_down(page: Page, office: RunningProcess) -> None:
    await log_in(page, office.url, "counter_clerk", HOME)
    await page.click("button:has-text('登记咨询')")
    await page.fill("[name=caller_phone]", "12")
    await page.fill("#f-content", "问小饭店要什么资料")
    await page.click("#enquiry button:has-text('保存')")
    await expect(page.locator("#enquiry")).to_contain_text("电话号码不对")
    await check_page(page)
    await page.fill("[name=caller_phone]", a_phone())
    await page.click("#enquiry button:has-text('保存')")
    await expect(page.locator("#said")).to_contain_text("咨询已登记")


async def test_a_mistake_is_put_right_with_a_reason(page: Page, office: RunningProcess, desk: Desks) -> None:
    filed = file(desk("customer_manager"), contact_name="王小明")
    await log_in(page, office.url, "counter_clerk", f"/console/applications/{filed['number']}")
    await page.click("text=更正信息")
    await page.fill("[name=contact_name]", "王小鸣")
    await page.fill("[name=contact_phone]", "1")
    await page.fill("[name=reason]", "听错了字")
    await page.click("button:has-text('更正')")
    await expect(page.locator(".fault-summary")).to_contain_text("电话号码不对")
    await check_page(page)
    await page.fill("[name=contact_phone]", a_phone())
    await page.click("button:has-text('更正')")
    await expect(page.locator("#said")).to_contain_text("已更正")
    await expect(page.locator("main")).to_contain_text("王小鸣")
