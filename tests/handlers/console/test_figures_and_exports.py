"""Figures, the export of a list and the audit search, at the supervisor's desk."""

import io
import re
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from openpyxl import load_workbook

from backend import clock, database
from backend.actions import exports
from backend.gateways.files import FileStore
from config.documents import catalogue
from tests.support.office import Consoles, Desks, file


def token_in(console: httpx.Client) -> dict[str, str]:
    page = console.get("/console/applications").text
    found = re.search(r'data-form-token="([^"]+)"', page)
    once = re.search(r'name="once" value="([^"]+)"', page)
    assert found
    return {"form_token": found[1], "once": once[1] if once else ""}


def sheet_of(answer: httpx.Response) -> list[tuple[Any, ...]]:
    book = load_workbook(io.BytesIO(answer.content), read_only=True)
    return [tuple(row) for row in book.worksheets[0].iter_rows(values_only=True)]


def links_of(console: httpx.Client) -> list[str]:
    return re.findall(r"/console/exports/\d+/workbook", console.get("/console/exports/now").text)


async def finish_exports(files: FileStore) -> None:
    now = clock.real_now()
    while await exports.export_next(now=now, real_now=now, files=files):
        pass


class TestFigures:
    def test_the_page_counts_what_was_filed_today(self, open_console: Consoles, case: dict[str, Any]) -> None:
        shown = open_console("supervisor").get("/console/figures").text
        assert "客户经理上门" in shown
        assert "各步用时" in shown

    def test_the_workbook_holds_the_same_tables(self, open_console: Consoles, case: dict[str, Any]) -> None:
        answer = open_console("supervisor").get("/console/figures/workbook")
        assert sheet_of(answer)[0] == ("日期", "已通气", "按时通气", "按时率")

    def test_days_that_run_backwards_or_too_far_are_refused(self, open_console: Consoles) -> None:
        console = open_console("supervisor")
        backwards = console.get("/console/figures?since=2026-11-02&until=2026-11-01")
        assert (backwards.status_code, "结束日期不能早于开始日期" in backwards.text) == (422, True)
        assert "一次最多看366天" in console.get("/console/figures?since=2020-01-01&until=2026-11-01").text

    def test_the_digest_is_a_page(self, open_console: Consoles) -> None:
        shown = open_console("supervisor").get("/console/figures/digest").text
        assert "市场开发部" in shown
        assert "明天到期" in shown


@pytest.fixture
async def in_this_process(office_database_url: str) -> AsyncIterator[None]:
    """The scheduler's part is played here."""
    await database.open_database(office_database_url)
    yield
    await database.close_database()


@pytest.fixture
def files(var_dir: Any) -> FileStore:
    """The store of the office's server."""
    return FileStore(var_dir / "uploads", catalogue())


class TestExports:
    async def test_a_list_becomes_a_workbook_of_one_s_own(
        self, open_console: Consoles, case: dict[str, Any], in_this_process: None, files: FileStore
    ) -> None:
        console = open_console("supervisor")
        await finish_exports(files)  # the office is everybody's: others may have begun some
        before = links_of(console)
        form = {**token_in(console), "query": case["number"]}
        begun = console.post("/console/exports", data=form)
        assert "已开始导出" in begun.text
        assert "已收集0%" in begun.text
        console.post("/console/exports", data=form)  # a second click
        await finish_exports(files)
        links = [link for link in links_of(console) if link not in before]
        assert len(links) == 1
        head, row = sheet_of(console.get(links[0]))
        assert (head[0], row[0], row[2]) == ("受理号", case["number"], "138****5678")
        assert open_console("administrator").get(links[0]).status_code == 403

    async def test_a_cancelled_one_is_left(
        self, open_console: Consoles, in_this_process: None, files: FileStore
    ) -> None:
        console = open_console("supervisor")
        form = token_in(console)
        begun = console.post("/console/exports", data={**form, "stage": "accepted"})
        cancel = re.search(r"/console/exports/\d+/cancel", begun.text)
        assert cancel
        assert "已取消导出" in console.post(cancel[0], data=form).text
        now = clock.real_now()
        assert not await exports.export_next(now=now, real_now=now, files=files)
        assert "这次导出已经结束" in console.post(cancel[0], data=form).text


class TestAudit:
    def test_who_read_a_case_is_found(self, open_console: Consoles, case: dict[str, Any]) -> None:
        open_console("hotline_agent").get(f"/console/applications/{case['number']}")
        found = open_console("administrator").get(f"/console/audit?number={case['number']}").text
        assert "查看报装" in found
        assert "没有符合条件的记录" in open_console("administrator").get("/console/audit?number=XZ0").text

    def test_a_correction_shows_both_values(
        self, open_console: Consoles, desk: Desks, case: dict[str, Any]
    ) -> None:
        body = {"contact_name": "张四", "reason": "客户来电更正"}
        desk("supervisor").post(f"/api/staff/applications/{case['number']}/corrections", body)
        found = open_console("supervisor").get(f"/console/audit?number={case['number']}&action=corrected")
        assert "联系人：张三 → 张四" in found.text
        assert "客户来电更正" in found.text

    def test_a_searched_phone_is_masked(self, open_console: Consoles, desk: Desks) -> None:
        file(desk("customer_manager"), contact_phone="13912340000")
        desk("hotline_agent").get("/api/staff/customers", phone="13912340000")
        found = open_console("administrator").get("/console/audit?action=customer_searched").text
        assert "139****0000" in found
        assert "13912340000" not in found
