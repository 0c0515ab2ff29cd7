"""The page, in a browser: what a newcomer does first."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from tests.simulator.fake_backend import Answer, FakeBackend, Request, sealed_text
from tests.simulator.platform_client import PlatformClient

pytestmark = pytest.mark.browser
NOW = "2026-11-24T15:00:00+08:00"
CLOCK = {
    "kind": "ignition",
    "name": "点火通气",
    "clause": "§2.2-1",
    "state": "running",
    "started_at": NOW,
    "due_at": "2026-11-25T15:00:00+08:00",
}
APPLICATION: dict[str, Any] = {
    "number": "XZ202611240001",
    "stage": "accepted",
    "address": "新郑市龙湖镇龙湖锦园1号楼101",
    "stages": [{"key": "accepted", "name": "已受理", "state": "current", "at": NOW}],
    "clock": {**CLOCK, "remaining_seconds": 86400, "late": False},
    "clocks": [],
    "manager": {"id": "1", "name": "王建国", "phone": "13700000001"},
    "missing_documents": [],
    "visits": [],
    "timeline": [{"at": NOW, "event": "accepted", "title": "报装已受理", "detail": ""}],
}
ANSWERS: dict[str, Any] = {
    "/healthz": {},
    "/api/dev/clock": {"now": NOW},
    "/api/mp/session": {"token": "t", "expires_in": 7200},
    "/api/mp/applications": {"items": [APPLICATION], "next": None},
    "/api/mp/applications/XZ202611240001": APPLICATION,
}


@pytest.fixture
async def opened(platform: PlatformClient, backend: FakeBackend, page: Page) -> AsyncIterator[Page]:
    """The page in front of a backend that knows one application; a script error fails the test."""

    async def respond(request: Request) -> Answer:
        if request.path == "/wechat/official-account":
            return Answer(body=sealed_text(request, "您好，请问用气地址在哪里？"))
        known = ANSWERS.get(request.path)
        if known is None:
            return Answer(status=404)
        return Answer(body=json.dumps(known).encode(), headers={"Content-Type": "application/json"})

    backend.respond = respond
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    await page.set_viewport_size({"width": 1440, "height": 900})
    await page.goto(platform.root)
    yield page
    assert errors == []


def phone(page: Page, whose: str) -> Locator:
    return page.locator(f'[data-phone="{whose}"]')


async def test_a_customer_follows_writes_and_reads_the_reply(opened: Page, platform: PlatformClient) -> None:
    customer = phone(opened, "customer")
    await customer.get_by_role("combobox").select_option("customer")
    if await customer.get_by_role("button", name="取消关注").count():
        await customer.get_by_role("button", name="取消关注").click()
    await customer.get_by_role("button", name="关注公众号").click()
    await customer.get_by_label("发消息").fill("我家想装天然气")
    await customer.get_by_label("发消息").press("Enter")

    log = customer.get_by_role("log")
    await expect(log).to_contain_text("我家想装天然气")
    await expect(log.get_by_text("您好，请问用气地址在哪里？")).to_have_count(2)


async def test_a_photo_is_sent_and_seen(opened: Page, platform: PlatformClient, tmp_path: Path) -> None:
    picture = tmp_path / "paper.png"
    picture.write_bytes(
        (await platform.http.get("/cgi-bin/showqrcode", params=await _ticket(platform))).content
    )
    await platform.http.patch("/sim/users/customer", json={"follows": True})
    customer = phone(opened, "customer")

    await customer.get_by_label("更多").click()
    await customer.get_by_label("照片").set_input_files(picture)

    await expect(customer.get_by_role("img", name="图片")).to_be_visible()


async def _ticket(platform: PlatformClient) -> dict[str, str]:
    action = {"action_name": "QR_STR_SCENE", "action_info": {"scene": {"scene_str": "photo"}}}
    return {"ticket": (await platform.call("/cgi-bin/qrcode/create", action))["ticket"]}


async def test_the_manager_sees_a_push_at_once_and_opens_its_link(
    opened: Page, platform: PlatformClient, backend_port: int
) -> None:
    manager = (await platform.http.patch("/sim/users/customer_manager", json={"follows": True})).json()
    ANSWERS["/m/tasks/7"] = {"task": "一对一上门"}

    await platform.template(manager, url=f"http://127.0.0.1:{backend_port}/m/tasks/7")

    await phone(opened, "staff").get_by_role("button", name="查看详情").click()
    frame = phone(opened, "staff").frame_locator("iframe")
    await expect(frame.locator("body")).to_contain_text("task")


async def test_the_mini_program_logs_in_and_shows_the_application(opened: Page) -> None:
    customer = phone(opened, "customer")
    await customer.get_by_role("tab", name="小程序").click()
    await customer.get_by_role("button", name="XZ202611240001").click()

    await expect(customer.get_by_text("剩余 1 天")).to_be_visible()
    await expect(customer.get_by_text("王建国")).to_be_visible()


async def test_the_clock_panel_turns_the_backends_clock(opened: Page, backend: FakeBackend) -> None:
    await opened.get_by_role("button", name="+4 小时").click()
    await expect(opened.locator(".now")).to_contain_text("2026年11月24日")
    posted = [
        json.loads(request.body)
        for request in backend.requests
        if request.method == "POST" and "dev/clock" in request.path
    ]
    assert posted == [{"advance_seconds": 14400}]


async def test_a_fault_is_put_and_taken_away(opened: Page, platform: PlatformClient) -> None:
    await opened.get_by_role("tab", name="故障").click()
    await opened.locator("select[name=kind]").select_option("busy")
    await opened.get_by_role("button", name="加上故障").click()
    await expect(opened.get_by_text("还有 1 次")).to_be_visible()

    await opened.get_by_role("button", name="去掉", exact=True).click()

    await expect(opened.get_by_text("现在没有故障。")).to_be_visible()
    assert (await platform.http.get("/sim/faults")).json()["items"] == []


@pytest.mark.parametrize("width", [390, 768, 1440])
async def test_nothing_runs_out_of_the_window(opened: Page, width: int) -> None:
    await opened.set_viewport_size({"width": width, "height": 900})
    assert await opened.evaluate("document.documentElement.scrollWidth") <= width
