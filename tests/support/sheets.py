"""Sheets as offices send them."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook

HOUSEHOLDS = ("楼栋", "单元", "房号", "户主", "电话", "表号")
LEADS = ("平台", "项目编号", "项目名称", "地址", "客户类型", "阶段", "建设单位", "联系人", "联系电话")


def a_csv(headings: Sequence[str], rows: Iterable[Sequence[Any]], encoding: str = "gb18030") -> bytes:
    """A text table, by default as an office program in China saves it."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([headings, *rows])
    return out.getvalue().encode(encoding)


def a_workbook(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("户表")
    for row in [headings, *rows]:
        sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def a_household(number: int, **more: Any) -> tuple[Any, ...]:
    """The n-th household of a community: 50 rooms in each of a building's units."""
    values = {
        "building": f"{number // 100 + 1}号楼",
        "unit": str(number // 50 % 2 + 1),
        "room": 101 + number % 50,
        "contact_name": f"业主{number}",
        "contact_phone": 13700000000 + number,
        "meter_number": f"M{number:06d}",
    }
    return tuple({**values, **more}.values())
