"""The figures as tables: the page shows them beside the charts drawn from them, the workbook holds the same."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from backend.gateways.workbooks import Cell, SheetOut
from backend.queries.charts import Charts
from config.messages.console_texts import console_texts
from config.messages.texts import words

_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """`drawn` columns are series of the chart; those in percent have an axis of their own."""

    heading: str
    drawn: bool = True
    percent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureTable:
    """One chart with its table; the first cell of a row says what it is about."""

    key: str
    title: str
    shape: Literal["line", "bar"]
    first: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    ignited: int
    on_time: int
    share: str
    filed: int


def of(charts: Charts) -> tuple[FigureTable, ...]:
    """All of them, in the order of the page."""
    return _times(charts), _stages(charts), _channels(charts), _managers(charts)


def sheets(charts: Charts) -> list[SheetOut]:
    """The same for a workbook."""
    return [
        SheetOut(
            title=table.title,
            headings=[table.first, *(column.heading for column in table.columns)],
            rows=[(first, *cells) for first, cells in table.rows],
        )
        for table in of(charts)
    ]


def totals(charts: Charts) -> Totals:
    """The line above the charts."""
    ignited, on_time = (
        sum(one.ignited for one in charts.times),
        sum(one.on_time for one in charts.times),
    )
    share = words().share.format(percent=_percent(on_time, ignited)) if ignited else words().none
    filed = sum(one.filed for one in charts.channels)
    return Totals(ignited=ignited, on_time=on_time, share=share, filed=filed)


def _times(charts: Charts) -> FigureTable:
    t = console_texts()["figures"]
    return FigureTable(
        key="times",
        title=t["times"],
        shape="line",
        first=t["week"] if charts.by_weeks else t["day"],
        columns=_lit_columns(),
        rows=tuple((one.begins.isoformat(), _lit(one.ignited, one.on_time)) for one in charts.times),
    )


def _stages(charts: Charts) -> FigureTable:
    t, names = console_texts()["figures"], words().stages["application"]
    return FigureTable(
        key="stages",
        title=t["stages"],
        shape="bar",
        first=t["stage"],
        columns=(
            Column(heading=t["median"]),
            Column(heading=t["most"]),
            Column(heading=t["cases"], drawn=False),
        ),
        rows=tuple(
            (names[one.stage], (_hours(one.median), _hours(one.most), one.cases)) for one in charts.stages
        ),
    )


def _channels(charts: Charts) -> FigureTable:
    t, names = console_texts()["figures"], words().channels
    return FigureTable(
        key="channels",
        title=t["channels"],
        shape="bar",
        first=t["channel"],
        columns=(Column(heading=t["filed"]), *_lit_columns()),
        rows=tuple(
            (names[one.channel], (one.filed, *_lit(one.ignited, one.on_time))) for one in charts.channels
        ),
    )


def _managers(charts: Charts) -> FigureTable:
    t = console_texts()["figures"]
    return FigureTable(
        key="managers",
        title=t["managers"],
        shape="bar",
        first=t["manager"],
        columns=(Column(heading=t["open"]), Column(heading=t["late"]), *_lit_columns()),
        rows=tuple(
            (one.name, (one.open, one.late, *_lit(one.ignited, one.on_time))) for one in charts.managers
        ),
    )


def _lit_columns() -> tuple[Column, ...]:
    t = console_texts()["figures"]
    share = Column(heading=t["share"], percent=True)
    return Column(heading=t["ignited"]), Column(heading=t["on_time"]), share


def _lit(ignited: int, on_time: int) -> tuple[int, int, int | None]:
    return ignited, on_time, _percent(on_time, ignited) if ignited else None


def _percent(part: int, whole: int) -> int:
    return round(100 * part / whole)


def _hours(span: timedelta) -> float:
    return round(span / _HOUR, 1)
