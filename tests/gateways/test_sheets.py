"""Reading sheets: whatever an office sends, as text, or refused by name."""

import io
import zipfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.gateways import sheets
from backend.rules.errors import SheetTooLarge, UnreadableSheet
from config.imports import imports
from tests.support.sheets import HOUSEHOLDS, a_csv, a_workbook

ROW = ("3号楼", "1", "101", "王小满", "13700001111", "M000001")


class TestEncodings:
    @pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8", "utf-8-sig", "utf-16"])
    def test_a_csv_reads_the_same_in_every_encoding(self, encoding: str) -> None:
        content = a_csv(HOUSEHOLDS, [ROW], encoding)

        assert sheets.read(content, imports()) == [(1, HOUSEHOLDS), (2, ROW)]

    @pytest.mark.parametrize("separator", ["\t", ";", ","])
    def test_whatever_separates_the_cells(self, separator: str) -> None:
        content = "\r\n".join([separator.join(HOUSEHOLDS), separator.join(ROW)]).encode()

        assert [row for _, row in sheets.read(content, imports())] == [HOUSEHOLDS, ROW]

    def test_a_workbook_reads_numbers_as_they_look(self) -> None:
        content = a_workbook(HOUSEHOLDS, [("3号楼", 1, 101.0, None, 13700001111, date(2026, 11, 23))])

        assert sheets.read(content, imports())[1] == (
            2,
            ("3号楼", "1", "101", "", "13700001111", "2026-11-23T00:00:00"),
        )

    def test_formulas_come_as_they_are_written_never_as_their_result(self) -> None:
        content = a_workbook(HOUSEHOLDS, [("=1+1", *ROW[1:])])

        assert sheets.read(content, imports())[1][1][0] == "=1+1"

    def test_empty_rows_do_not_count_and_the_others_keep_their_numbers(self) -> None:
        content = a_workbook(HOUSEHOLDS, [(), ROW, (None, None), ROW])

        assert [number for number, _ in sheets.read(content, imports())] == [1, 3, 5]


class TestRefusals:
    @pytest.mark.parametrize(
        "content",
        [
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
            b"PK\x03\x04",
            b"\x89PNG\r\n\x1a\n\0\0",
            b"a,\xff\xff\xff",
        ],
    )
    def test_what_is_no_sheet(self, content: bytes) -> None:
        with pytest.raises(UnreadableSheet):
            sheets.read(content, imports())

    def test_a_zip_that_is_no_workbook(self) -> None:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as parts:
            parts.writestr("readme.txt", "hello")

        with pytest.raises(UnreadableSheet):
            sheets.read(out.getvalue(), imports())

    def test_a_workbook_that_unpacks_to_too_much(self) -> None:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts, parts.open("xl/bomb.xml", "w") as bomb:
            for _ in range(imports().largest_unpacked_megabytes + 1):
                bomb.write(b"\0" * 1024 * 1024)
        assert len(out.getvalue()) < 1024 * 1024

        with pytest.raises(SheetTooLarge):
            sheets.read(out.getvalue(), imports())

    def test_more_rows_than_anybody_imports(self) -> None:
        few = imports().model_copy(update={"most_rows": 2})

        assert len(sheets.read(a_csv(HOUSEHOLDS, [ROW] * 2), few)) == 3
        with pytest.raises(SheetTooLarge):
            sheets.read(a_csv(HOUSEHOLDS, [ROW] * 3), few)

    @given(st.binary(max_size=300))
    def test_nothing_else_ever_escapes(self, content: bytes) -> None:
        try:
            sheets.read(content, imports())
            sheets.read(b"PK\x03\x04" + content, imports())
        except (UnreadableSheet, SheetTooLarge):
            pass
