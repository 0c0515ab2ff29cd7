"""Builders and inspectors with one phone on the site: defects with photos, rectified, and four signatures."""

from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.handlers.field.browsing import PHOTO, kept, log_in, ready
from tests.support.console import picture
from tests.support.processes import RunningProcess
from tests.support.project import Works
from tests.support.town import Town

pytestmark = pytest.mark.browser


@pytest.fixture
def works(office: RunningProcess, simulator_process: RunningProcess) -> Works:
    """At a site whose drawings are done."""
    works = Works.found(Town(backend=office.url, platform=simulator_process.url), "resident")
    works.hand_off()
    works.survey()
    works.draw()
    return works


async def draw(page: Page, party: str) -> None:
    """Signs with the finger on the party's pad."""
    box = await page.locator(f"section:has(h2:text-is('{party}')) canvas").bounding_box()
    assert box
    await page.mouse.move(box["x"] + 20, box["y"] + 20)
    await page.mouse.down()
    await page.mouse.move(box["x"] + 150, box["y"] + 60, steps=5)
    await page.mouse.up()


async def fill_party(page: Page, party: str, name: str) -> None:
    section = page.locator(f"section:has(h2:text-is('{party}'))")
    await section.locator("[name=signed_by]").fill(name)
    await section.locator("[name=agrees][value=true]").check()


async def test_four_parties_sign_on_one_phone(
    page: Page, office: RunningProcess, works: Works, pictures: Path | None
) -> None:
    works.build()
    works.convene()
    errors = await log_in(page, office.url, "inspector", f"/m/projects/{works.id}")
    await page.click("a:has-text('开始签字')")
    await ready(page)
    await fill_party(page, "建设单位", "刘总")
    await page.locator("section:has(h2:text-is('建设单位')) button:has-text('登记签字')").click()
    await expect(page.locator(".fault")).to_have_text("请手写签名，或勾选当面确认。")
    for party, name in {"建设单位": "刘总", "设计单位": "赵工", "施工单位": "孙工"}.items():
        await fill_party(page, party, name)
        await draw(page, party)
        await page.locator(f"section:has(h2:text-is('{party}')) button:has-text('登记签字')").click()
        await expect(page.locator(f"section:has(h2:text-is('{party}')) img.signed__picture")).to_be_visible()
        await ready(page)
    await fill_party(page, "燃气公司", "吴敏")
    await page.locator("section:has(h2:text-is('燃气公司')) [name=confirmed]").check()
    await page.locator("section:has(h2:text-is('燃气公司')) button:has-text('登记签字')").click()
    await expect(page.locator("a:has-text('四方已签完')")).to_be_visible()
    if pictures:
        await picture(page, pictures, "m-signed")
    await page.click("a:has-text('四方已签完')")
    await page.click("button:has-text('验收合格')")
    await expect(page.locator("h1")).to_have_text("验收合格")

    (round_,) = works.seen()["acceptance_rounds"]
    assert [one["document_id"] is not None for one in round_["sign_offs"]] == [True, True, True, False]
    assert {one["recorded_by"]["name"] for one in round_["sign_offs"]} == {"吴敏"}
    assert errors == []


async def test_defects_with_photos_are_put_right_without_network(
    page: Page, office: RunningProcess, works: Works
) -> None:
    works.build()
    works.convene()
    await log_in(page, office.url, "inspector", f"/m/projects/{works.id}")
    await kept(page)
    await page.context.set_offline(True)
    await page.click("summary:has-text('验收不合格')")
    await page.locator("[name=texts]").first.fill("阀门没有编号")
    await page.click("button:has-text('再加一处')")
    await page.locator("[name=texts]").nth(1).fill("支架间距过大")
    await page.locator(".camera[data-slot='1'] input").set_input_files([PHOTO, PHOTO])
    await expect(page.locator(".camera[data-slot='1'] .shot")).to_have_count(2)
    await page.reload()
    await ready(page)
    await expect(page.locator("[name=texts]").nth(1)).to_have_value("支架间距过大")
    await page.click("button:has-text('记录并要求整改')")
    await expect(page.locator("#outbox")).to_contain_text("未发送，联网后自动发送")
    await page.context.set_offline(False)
    await expect(page.locator(".notice_good")).to_contain_text("已发送：验收不合格")

    (round_,) = works.seen()["acceptance_rounds"]
    found = [(one["text"], len(one["document_ids"])) for one in round_["defects"]]
    assert found == [("阀门没有编号", 0), ("支架间距过大", 2)]


async def test_the_contractor_sees_what_to_put_right(
    page: Page, office: RunningProcess, works: Works
) -> None:
    works.build()
    round_id = works.convene()
    works.desk("inspector").post(
        f"/api/staff/acceptance-rounds/{round_id}/fail", {"defects": [{"text": "阀门没有编号"}]}
    )
    await log_in(page, office.url, "contractor", f"/m/projects/{works.id}")
    await expect(page.locator(".defect_open")).to_have_text("阀门没有编号")
    await page.fill("[name=rectification]", "已补编号牌")
    await page.set_input_files(".block_next input[type=file]", PHOTO)
    await page.click("button:has-text('确认完工')")
    await expect(page.locator(".notice_good")).to_contain_text("已发送：报完工")
    (defect,) = works.seen()["acceptance_rounds"][0]["defects"]
    assert defect["rectification"] == "已补编号牌"
    assert len(defect["rectification_document_ids"]) == 1


async def test_an_old_work_order_is_refused_kindly(page: Page, office: RunningProcess, works: Works) -> None:
    works.order("accept", crew="一队")
    works.order("start")
    await log_in(page, office.url, "contractor", f"/m/projects/{works.id}")
    works.do("site_manager", "change-requests", note="多出20米")
    works.draw("revised-drawings", "管道70米")
    await page.click("summary:has-text('报施工进展')")
    await page.fill("[action$=progress] [name=note]", "沟槽开挖完成")
    await page.click("button:has-text('提交进展')")
    await expect(page.locator("[action$=progress] .fault")).to_have_text("派工单已更新，请按最新一版施工。")
    await expect(page.locator("[action$=progress] [name=note]")).to_have_value("沟槽开挖完成")
