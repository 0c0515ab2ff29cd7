"""A phone's browser in the tests of the phone pages."""

import re
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from playwright.async_api import Page

from backend import clock
from tests.support.desk import DEMO_PASSWORD, PICTURE

PHONE: Any = {"width": 360, "height": 740}
PHOTO: Any = {"name": "IMG.png", "mimeType": "image/png", "buffer": PICTURE}


async def log_in(page: Page, url: str, login: str, after: str = "/m/tasks") -> list[str]:
    """On a small phone; the page `after` is open then. Collects what goes wrong in scripts."""
    page.set_default_timeout(10_000)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    await page.set_viewport_size(PHONE)
    await page.goto(f"{url}/m/login?stay=1&next={after}")
    await page.fill("[name=login]", login)
    await page.fill("[name=password]", DEMO_PASSWORD)
    await page.click("button:has-text('登录')")
    await ready(page)
    return errors


async def ready(page: Page) -> None:
    """Drafts are back in their forms, and the page is kept for a place without network."""
    await page.wait_for_selector("body[data-begun]", state="attached")


async def kept(page: Page) -> None:
    """The service worker serves this page from now on."""
    await page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
    await page.reload()
    await ready(page)
    assert await page.evaluate("navigator.serviceWorker.controller !== null")


async def fits(page: Page) -> None:
    """Nothing hangs over the edge of a small phone."""
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def local(hours: float) -> str:
    """A moment some hours ahead, as a datetime-local field takes it."""
    at: datetime = clock.real_now() + timedelta(hours=hours)
    return at.astimezone(ZoneInfo("Asia/Shanghai")).strftime("%Y-%m-%dT%H:%M")


def number_in(text: str) -> str:
    """The application's number that a page shows."""
    found = re.search(r"XZ\d{12,}", text)
    assert found, text
    return found[0]
