"""The desktop pages in a browser: log in as a role, look for what keeps people out, keep a picture."""

from pathlib import Path
from typing import Any

from playwright.async_api import Page

from config.settings import PROJECT_ROOT
from tests.support.desk import DEMO_PASSWORD

WIDTHS = (360, 768, 1440)
_TALLEST = 1300  # pixels of a picture
_LARGEST = 150_000  # bytes
_AXE = PROJECT_ROOT / "node_modules/axe-core/axe.min.js"
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


async def log_in(page: Page, url: str, login: str, path: str = "/console/") -> None:
    """The demo member with this login, at `path`; scripts that fail there are kept in `errors_of(page)`."""
    page.set_default_timeout(10_000)
    page.on("pageerror", lambda error: errors_of(page).append(str(error)))
    await page.goto(f"{url}/console/login?next={path}")
    await page.fill("[name=login]", login)
    await page.fill("[name=password]", DEMO_PASSWORD)
    await page.click("main button")
    await page.wait_for_selector("main#content")


_errors: dict[Page, list[str]] = {}


def errors_of(page: Page) -> list[str]:
    """What its scripts failed with so far."""
    return _errors.setdefault(page, [])


async def check_page(page: Page) -> None:
    """WCAG 2.2 AA as far as axe sees it, no scrolling sideways at any width, no script that failed."""
    size = page.viewport_size or {"width": 1280, "height": 800}
    for width in WIDTHS:
        await page.set_viewport_size({"width": width, "height": 900})
        await fits(page)
        assert await barriers(page) == [], f"{page.url} at {width} px"
    await page.set_viewport_size(size)
    assert errors_of(page) == []


async def fits(page: Page) -> None:
    """Nothing hangs over the edge of the screen."""
    wide = await page.evaluate("document.documentElement.scrollWidth")
    assert wide <= await page.evaluate("innerWidth"), f"{page.url} is {wide} px wide"


async def barriers(page: Page) -> list[str]:
    """What axe finds, a line each: the rule, where, and how to mend it."""
    await page.evaluate(_AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = await page.evaluate(
        "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", _TAGS
    )
    return [
        f"{rule['id']}: {' '.join(node['target'])}: {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


async def picture(page: Page, folder: Path, name: str, *, widths: tuple[int, ...] = (360, 1440)) -> None:
    """The upper part of the page at these widths as `<name>-<width>.jpg`, small enough for the repository."""
    for width in widths:
        await page.set_viewport_size({"width": width, "height": 900})
        height = min(await page.evaluate("document.documentElement.scrollHeight"), _TALLEST)
        clip: Any = {"x": 0, "y": 0, "width": width, "height": height}
        for quality in (70, 55, 40):
            taken = await page.screenshot(type="jpeg", quality=quality, full_page=True, clip=clip)
            if len(taken) < _LARGEST:
                break
        (folder / f"{name}-{width}.jpg").write_bytes(taken)
