"""Which rows of a sheet are taken: every row is good or named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.rules.errors import InvalidField
from backend.rules.sheets import Judged, judge
from config.imports import ImportKind, imports
from config.partners import partners
from tests.support.sheets import HOUSEHOLDS, LEADS

GOOD = ("3号楼", "1", "101", "王小满", "137 0000-1111", "M1")
LEAD = ("工改", "GG-1", "溪畔花园", "和庄镇溪畔花园", "居民", "规划", "", "", "")


def judged(*rows: tuple[str, ...], kind: ImportKind = "households") -> Judged:
    headings = HOUSEHOLDS if kind == "households" else LEADS
    return judge([(1, headings), *enumerate(rows, 2)], kind, imports(), partners())


class TestRows:
    def test_a_good_row_is_taken_with_its_phone_in_one_writing(self) -> None:
        [row] = judged(GOOD).good

        assert row["contact_phone"] == "13700001111"
        assert (row["building"], row["unit"], row["room"]) == ("3号楼", "1", "101")

    @pytest.mark.parametrize(
        ("place", "cell", "reason"),
        [
            (0, "", "缺少楼栋"),
            (0, "=1+1", "公式"),
            (2, "@SUM(A1)", "公式"),
            (3, "+cmd|' /C calc'!A0", "公式"),
            (3, "-2+3", "公式"),
            (3, "＝HYPERLINK()", "公式"),
            (3, "王\x07", "控制字符"),
            (3, "长" * 41, "最多40个字"),
            (4, "12345", "不是电话号码"),
            (4, "一三七", "不是电话号码"),
            (5, "—", "缺少表号"),
        ],
    )
    def test_a_bad_row_is_named_with_its_reason(self, place: int, cell: str, reason: str) -> None:
        spoilt = (*GOOD[:place], cell, *GOOD[place + 1 :])
        found = judged(GOOD, spoilt)

        assert len(found.good) == 1
        [bad] = found.bad
        assert bad.row == 3
        assert reason in bad.reasons[0]

    def test_all_that_is_wrong_with_a_row_is_said_at_once(self) -> None:
        [bad] = judged(("", "1", "", "王小满", "x", "M1")).bad

        assert len(bad.reasons) == 3

    def test_a_repeated_row_names_the_first(self) -> None:
        found = judged(GOOD, (*GOOD[:3], "别人", "13700002222", "M2"))

        assert found.bad[0].reasons == ("与第2行重复",)

    def test_a_phone_may_have_its_country_code(self) -> None:
        assert judged((*GOOD[:4], "+86 137 0000 1111", "M1")).good[0]["contact_phone"] == "13700001111"

    def test_leads_in_the_words_of_offices(self) -> None:
        [row] = judged(LEAD, kind="leads").good

        assert (row["partner"], row["customer_kind"], row["stage"]) == ("gonggai", "resident", "planning")

    def test_a_platform_nobody_knows_is_named(self) -> None:
        [bad] = judged(("某平台", *LEAD[1:]), kind="leads").bad

        assert "某平台" in bad.reasons[0]

    @given(st.lists(st.tuples(*[st.text(max_size=6)] * 6), max_size=20))
    def test_no_row_is_lost(self, rows: list[tuple[str, ...]]) -> None:
        found = judged(*rows)

        numbers = [int(row["row"]) for row in found.good] + [bad.row for bad in found.bad]
        assert sorted(numbers) == list(range(2, len(rows) + 2))


class TestHeadings:
    def test_a_missing_column_is_named(self) -> None:
        with pytest.raises(InvalidField) as refused:
            judge([(1, ("楼栋", "姓名"))], "households", imports(), partners())

        assert refused.value.facts["columns"] == "房号、电话、表号"

    def test_columns_may_stand_in_any_order_among_others(self) -> None:
        headings = ("序号", "表号", " 房号* ", "备注", "楼栋", "姓名", "手机号")
        rows = [(1, headings), (2, ("1", "M1", "101", "", "3", "王小满", "13700001111"))]

        assert judge(rows, "households", imports(), partners()).good[0]["meter_number"] == "M1"

    def test_an_empty_sheet_is_refused(self) -> None:
        with pytest.raises(InvalidField):
            judge([], "households", imports(), partners())
