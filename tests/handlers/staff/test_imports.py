"""The clerk's import: looked at first, every bad row named, started, stopped, resumed; nobody else's business."""

from typing import Any

import pytest

from tests.support import importing
from tests.support.desk import Refused
from tests.support.office import Desks
from tests.support.sheets import HOUSEHOLDS, LEADS, a_csv, a_household, a_workbook

_LEAD = ("工改", "IM-1", "苏园", "新郑市新村镇苏园", "居民", "规划", "", "", "")
_OTHERS = (
    "customer_manager",
    "hotline_agent",
    "designer",
    "contractor",
    "site_manager",
    "inspector",
    "duty_officer",
    "administrator",
)


def leads(*rows: tuple[Any, ...]) -> bytes:
    return a_csv(LEADS, rows or [_LEAD])


class TestDoors:
    def test_a_run_is_started_stopped_and_resumed(self, desk: Desks) -> None:
        clerk = desk("counter_clerk")
        seen = importing.preview(clerk, "leads", leads(), file_name="线索.csv")
        assert (seen["state"], seen["total"], seen["good"], seen["done"]) == ("preview", 1, 1, 0)
        for verb, state in (("start", "running"), ("cancel", "cancelled"), ("resume", "running")):
            moved = clerk.post(f"/api/staff/imports/{seen['id']}/{verb}")
            assert moved["state"] == state
        assert importing.look(desk("supervisor"), seen["id"])["file_name"] == "线索.csv"
        with pytest.raises(Refused, match="404"):
            importing.look(clerk, 2**40)

    def test_every_bad_row_can_be_read(self, desk: Desks) -> None:
        clerk = desk("counter_clerk")
        rows = [_LEAD, *[("", f"IM-{number}", "", "", "", "", "", "", "") for number in range(150)]]
        seen = importing.preview(clerk, "leads", leads(*rows))
        assert (seen["bad"], len(seen["bad_rows"])) == (150, 100)

        numbers: list[int] = []
        cursor: dict[str, str] = {}
        while True:
            page = clerk.get(f"/api/staff/imports/{seen['id']}/bad-rows", limit=100, **cursor)
            numbers += [bad["row"] for bad in page["items"]]
            if page["next"] is None:
                break
            cursor = {"cursor": page["next"]}
        assert numbers == list(range(3, 153))

    @pytest.mark.parametrize("login", _OTHERS)
    def test_others_may_not(self, desk: Desks, login: str) -> None:
        with pytest.raises(Refused, match="403"):
            importing.preview(desk(login), "leads", leads())
        for verb in ("start", "cancel", "resume"):
            with pytest.raises(Refused, match="403"):
                desk(login).post(f"/api/staff/imports/1/{verb}")

    @pytest.mark.parametrize(
        ("fields", "content", "refusal"),
        [
            ({"kind": "leads"}, b"\x89PNG\r\n\x1a\n\0", "415"),
            ({"kind": "leads"}, b"PK\x03\x04nonsense", "415"),
            ({"kind": "leads"}, b"a,b\n1,2\n", "表头缺少"),
            ({"kind": "martians"}, leads(), "422"),
            ({"kind": "households"}, a_workbook(HOUSEHOLDS, [a_household(1)]), "请选择"),
            ({"kind": "households", "project_id": "x"}, leads(), "422"),
            ({"kind": "households", "project_id": 2**40}, leads(), "404"),
            ({"kind": "leads"}, b"", "422"),
        ],
    )
    def test_what_cannot_be_imported(
        self, desk: Desks, fields: dict[str, Any], content: bytes, refusal: str
    ) -> None:
        with pytest.raises(Refused, match=refusal):
            desk("counter_clerk").send_form("/api/staff/imports", fields, content)
