"""What people look at, with ten thousand cases and with a hundred thousand or a million of the same company (`history`):
the same customers' rate, the same number of open cases, a longer past."""

import statistics
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import TypeAlias

import asyncpg

from backend import clock, database
from backend.queries import (
    board,
    caller_search,
    callers,
    charts,
    figures,
    lanes,
    my_applications,
    progress,
    staff_cases,
)
from backend.queries.callers import Member
from backend.queries.figures import Span
from backend.queries.pages import Portion
from backend.queries.staff_cases import Search
from bench import history
from bench.bulk import Connection
from bench.place import Place
from bench.row import Row
from config.roles import roles

_FEW, _MANY, _MOST = 10_000, 100_000, 1_000_000
_CALLS = 25
_OLD = (
    5_001  # of this age, in cases, is the one that is looked for, lit long ago: it is there among the few too
)
Look: TypeAlias = Callable[[], Awaitable[object]]


async def rows(here: Place, *, a_million: bool) -> list[Row]:
    """Median time of each look in ms, among many beside among few."""
    many = _MOST if a_million else _MANY
    newest_at = clock.real_now()
    connection = await asyncpg.connect(here.postgres)
    await database.open_database(str(here.settings.database_url))
    try:
        await history.grow(connection, 0, _FEW, newest_at=newest_at)
        few = await _measure(await looks(connection))
        began = time.monotonic()
        await history.grow(connection, _FEW, many, newest_at=newest_at)
        took = time.monotonic() - began
        large = await _measure(await looks(connection))
    finally:
        await database.close_database()
        await connection.close()
    return [
        *(
            Row(
                name=f"{name}, {many:,} cases, {many * 10:,} events",
                unit="ms",
                ours=large[name],
                reference=f"itself with {_FEW:,}",
                theirs=few[name],
            )
            for name in large
        ),
        Row(name=f"writing the past of {many:,} cases into the database", unit="s", ours=[took]),
    ]


async def looks(connection: Connection) -> Mapping[str, Look]:
    """What people look at, by its name in the report; a supervisor answers for all of it."""
    now = clock.now()
    case = await connection.fetchrow(
        "SELECT number, customer_id, contact_name, contact_phone, address FROM applications WHERE id = $1",
        history.NEWEST - _OLD,
    )
    member = await _supervisor(connection)
    month = Span(begins=now - timedelta(days=30), ends=now)
    today = figures.day_of(now)
    wanted, page = roles().of("list_applications"), Portion(limit=20)

    def listed(text: str) -> Look:
        return lambda: staff_cases.list_cases(member, wanted, Search(text=text), page, now=now)

    return {
        "progress of one application": lambda: progress.get_own(case["number"], case["customer_id"], now=now),
        "list of mine": lambda: my_applications.list_own(case["customer_id"], page, now=now),
        "supervisor's board, lanes": lambda: lanes.get(member, now=now, day_ends=today.ends),
        "supervisor's board, what is wrong": lambda: board.get(member, now=now),
        "desk search by address": lambda: caller_search.find(case["address"]),
        "desk search by phone": lambda: caller_search.find(case["contact_phone"]),
        "desk search by a phone's last four": lambda: caller_search.find(case["contact_phone"][-4:]),
        "desk search by a name": lambda: caller_search.find(case["contact_name"]),
        "desk search by a word of every sixth case": lambda: caller_search.find("龙湖镇"),
        "desk search by what nobody is called": lambda: caller_search.find("没有的人"),
        "list of cases by a name of every four hundredth": listed("王伟"),
        "list of cases by a word of every sixth case": listed("龙湖镇"),
        "figures of today": lambda: figures.get(member, today, now=now),
        "figures of a month": lambda: figures.get(member, month, now=now),
        "figures of a month, drawn": lambda: charts.get(member, month, None, now=now),
    }


async def _supervisor(connection: Connection) -> Member:
    id_ = await connection.fetchval("SELECT id FROM staff WHERE login = 'supervisor'")
    member = await callers.find_member(id_ or 0)
    if member is None:
        raise LookupError("the demo data has a supervisor")
    return member


async def _measure(looks: Mapping[str, Look]) -> dict[str, list[float]]:
    return {name: await _times(look) for name, look in looks.items()}


async def _times(look: Look) -> list[float]:
    """Medians of thirds; the first calls, which plan, are left out."""
    times = []
    for _ in range(_CALLS + 6):
        began = time.perf_counter()
        await look()
        times.append((time.perf_counter() - began) * 1000)
    kept = times[6:]
    third = len(kept) // 3
    return [statistics.median(kept[place : place + third]) for place in range(0, third * 3, third)]
