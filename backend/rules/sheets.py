"""Which rows of a sheet can be taken, and what is wrong with each of the others."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from backend.rules.errors import InvalidField
from config.imports import Column, ImportKind, Imports, SheetKind
from config.messages.texts import fill
from config.partners import Partners

_NOTHING = frozenset({"-", "—", "/", "无"})
_FORMULA = re.compile(r"[=+\-@\t\r]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_PHONE = re.compile(r"(?:1\d{10}|0\d{2,3}\d{7,8}|\d{7,8}|400\d{7})")
_SEPARATORS = re.compile(r"[\s()-]")
_COUNTRY = re.compile(r"(?:\+|00)86")

Values = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class BadRow:
    """A row that is left out: its number in the sheet, and why."""

    row: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Every row of a sheet is either good, with the values of its fields, or bad."""

    good: tuple[Values, ...]
    bad: tuple[BadRow, ...]


def judge(
    rows: Sequence[tuple[int, Sequence[str]]], kind: ImportKind, rules: Imports, partners: Partners
) -> Judged:
    """`rows` begin with the headings. Raises InvalidField when a column that is needed is missing."""
    sheet = rules.kinds[kind]
    if not rows:
        raise InvalidField(field="file", sentence="sheet_empty")
    places = _places(rows[0][1], sheet)
    reader = _Reader(rules=rules, partners=partners)
    good: list[Values] = []
    bad: list[BadRow] = []
    seen: dict[tuple[str, ...], int] = {}
    for number, cells in rows[1:]:
        values, reasons = reader.read({field: _at(cells, place) for field, place in places.items()}, sheet)
        key = tuple(values[field] for field in sheet.key)
        if not reasons and seen.setdefault(key, number) != number:
            reasons = [fill(rules.faults.repeated, {"row": str(seen[key])})]
        if reasons:
            bad.append(BadRow(row=number, reasons=tuple(reasons)))
        else:
            good.append({**values, "row": str(number)})
    return Judged(good=tuple(good), bad=tuple(bad))


def _places(headings: Sequence[str], sheet: SheetKind) -> dict[str, int]:
    """Where each field's column is. Raises InvalidField naming all that are missing."""
    known = {name: column.field for column in sheet.columns for name in reversed(column.names)}
    places: dict[str, int] = {}
    for place, heading in enumerate(headings):
        field = known.get(unicodedata.normalize("NFKC", heading).strip().lower().strip("*"))
        if field is not None:
            places.setdefault(field, place)
    missing = [column.names[0] for column in sheet.columns if column.required and column.field not in places]
    if missing:
        raise InvalidField(field="file", sentence="columns_missing", columns="、".join(missing))
    return places


def _at(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """Reads rows by the rules."""

    rules: Imports
    partners: Partners

    def read(self, cells: Mapping[str, str], sheet: SheetKind) -> tuple[Values, list[str]]:
        """The values of one row, and what is wrong with it."""
        values: Values = {}
        reasons: list[str] = []
        for column in sheet.columns:
            cell = unicodedata.normalize("NFKC", cells.get(column.field, "")).strip()
            text = "" if cell in _NOTHING else cell
            values[column.field] = self._value(column, text)
            reasons += self._faults(column, text, values[column.field])
        return values, reasons

    def _value(self, column: Column, text: str) -> str:
        """What a cell means to us; empty when it means nothing."""
        if column.form == "phone":
            digits = _COUNTRY.sub("", _SEPARATORS.sub("", text))
            return digits if _PHONE.fullmatch(digits) else ""
        if column.form == "platform":
            return self.partners.find_by_name(text) or ""
        if column.form == "text":
            return text
        meanings = self.rules.forms[column.form]
        return next((value for value, said in meanings.items() if text.lower() in said), "")

    def _faults(self, column: Column, text: str, value: str) -> Iterator[str]:
        faults = self.rules.faults
        facts = {"column": column.names[0], "longest": str(column.longest), "value": text[:20]}
        if not text:
            yield from [fill(faults.missing, facts)] if column.required else []
        elif column.form == "phone":
            yield from [fill(faults.phone, facts)] if not value else []
        elif _FORMULA.match(text) or _CONTROL.search(
            text
        ):  # would run when the file is opened in an office program
            yield fill(faults.formula, facts)
        elif len(text) > column.longest:
            yield fill(faults.too_long, facts)
        elif not value:
            yield fill(faults.unknown, facts)
