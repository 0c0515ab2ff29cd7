"""Reads the first sheet of an XLSX workbook, or a CSV in whichever encoding an office writes it."""

import codecs
import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import islice
from typing import Any

from openpyxl import load_workbook

from backend.rules.errors import SheetTooLarge, UnreadableSheet
from config.imports import Imports

Row = tuple[int, tuple[str, ...]]
"""The number of a row as the office's program shows it, and its cells as text."""

_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_GUESSES = (
    "utf-8",
    "gb18030",
)  # what is valid UTF-8 is hardly ever meant as anything else; GB18030 holds all of GBK


def read(content: bytes, rules: Imports) -> list[Row]:
    """All rows that hold anything. Raises UnreadableSheet, SheetTooLarge. Takes seconds for a large sheet."""
    rows = _read_workbook(content, rules) if content[:2] == b"PK" else _read_text(content, rules)
    kept = list(islice((row for row in rows if any(row[1])), rules.most_rows + 2))
    if len(kept) > rules.most_rows + 1:  # the headings come on top
        raise SheetTooLarge
    return kept


def _read_workbook(content: bytes, rules: Imports) -> Iterator[Row]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            unpacked = sum(part.file_size for part in parts.infolist())
        if unpacked > rules.largest_unpacked_megabytes * 1024 * 1024:
            raise SheetTooLarge
        book = load_workbook(io.BytesIO(content), read_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # some programs write the wrong ones
        for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
            yield number, tuple(_text(cell) for cell in cells[: rules.most_columns])
    except SheetTooLarge:
        raise
    except Exception as fault:  # a damaged workbook makes the library fail in any way
        raise UnreadableSheet from fault


def _text(cell: Any) -> str:
    """A cell as it reads; a whole number without a decimal point, for phones and rooms are often numbers."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    return str(cell).strip()


def _read_text(content: bytes, rules: Imports) -> Iterator[Row]:
    text = _decode(content)
    if "\0" in text:
        raise UnreadableSheet
    head = text.partition("\n")[0]
    separator = max(",\t;，", key=head.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for cells in lines:
            yield lines.line_num, tuple(cell.strip() for cell in cells[: rules.most_columns])
    except csv.Error as fault:
        raise UnreadableSheet from fault


def _decode(content: bytes) -> str:
    marked = next((name for mark, name in _MARKS.items() if content.startswith(mark)), None)
    for encoding in (marked,) if marked else _GUESSES:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableSheet
