"""What people look at, with ten thousand cases and with a hundred thousand or a million: generated in the database, ten
events each, one filed every five minutes, the newest thousand still open."""

import statistics
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import TypeAlias

import asyncpg

from backend import clock, database
from backend.queries import board, caller_search, figures, lanes, progress
from backend.queries.callers import Member
from backend.queries.figures import Span
from bench.place import Place
from bench.row import Row
from config import policy

_FEW, _MANY, _MOST = 10_000, 100_000, 1_000_000
_CALLS = 25
_NUMBER = "XZ20200101{:08d}"
# `$1` cases are there, `$2` shall be; each statement fills in what is missing. 200 homes share a site.
_FILL = (
    """INSERT INTO sites (name, key, customer_kind, district, created_at)
    SELECT '增长苑' || n || '区', '增长苑' || n || '区', 'resident', '龙湖镇', now()
    FROM generate_series(($1::int + 199) / 200, ($2::int - 1) / 200) AS n""",
    """INSERT INTO projects (site_id, customer_kind, address, stage, policy_version, opened_at, stage_at)
    SELECT s.id, 'resident', s.name, 'accepted', $3, now(), now() FROM sites s
    WHERE s.key LIKE '增长苑%' AND NOT EXISTS (SELECT FROM projects p WHERE p.site_id = s.id) AND $1::int < $2::int""",
    """INSERT INTO customers (created_at, filed_phone)
    SELECT now(), '139' || lpad(n::text, 8, '0') FROM generate_series($1::int, $2::int - 1) AS n""",
    """INSERT INTO applications (number, customer_id, site_id, project_id, manager_id, customer_kind, contact_name,
        contact_phone, address, address_key, district, channel, street_canvass, on_behalf_consent, agent_consent, stage,
        stage_at, filed_at, ignited_at, twin, policy_version)
    SELECT 'XZ20200101' || lpad(n::text, 8, '0'), c.id, s.id, p.id, (SELECT min(id) FROM staff WHERE 'customer_manager' = ANY(roles)),
        'resident', '张' || n, c.filed_phone, s.name || n || '号', s.name || n || '号', '龙湖镇', 'mini_program', false, false,
        false, 'accepted', t.at, t.at, NULL, false, $3
    FROM generate_series($1::int, $2::int - 1) AS n
    JOIN customers c ON c.filed_phone = '139' || lpad(n::text, 8, '0')
    JOIN sites s ON s.key = '增长苑' || n / 200 || '区' JOIN projects p ON p.site_id = s.id
    CROSS JOIN LATERAL (SELECT now() - ($2::int - n) * interval '5 minutes' AS at) t""",
    """UPDATE applications SET stage = 'ignited', ignited_at = filed_at + interval '20 hours'
    WHERE number LIKE 'XZ20200101%' AND stage = 'accepted'
        AND number <= 'XZ20200101' || lpad(($2::int - 1001)::text, 8, '0') AND $1::int < $2::int AND $3::text <> ''""",
    """INSERT INTO clocks (application_id, kind, reading, "limit", state, started_at, due_at, ended_at, late, policy_version)
    SELECT a.id, kind, 'natural', 86400000000, CASE WHEN a.ignited_at IS NULL THEN 'running' ELSE 'met' END, a.filed_at,
        a.filed_at + interval '1 day', a.ignited_at, false, $3
    FROM applications a CROSS JOIN unnest(ARRAY['ignition', 'first_visit']) AS kind
    WHERE a.number LIKE 'XZ20200101%' AND NOT EXISTS (SELECT FROM clocks k WHERE k.application_id = a.id) AND $1::int < $2::int""",
    """UPDATE clocks SET state = 'met', ended_at = a.ignited_at FROM applications a
    WHERE a.id = application_id AND a.ignited_at IS NOT NULL AND state = 'running' AND $1::int < $2::int AND $3::text <> ''""",
    """INSERT INTO events (application_id, name, stage, at, by_role, facts)
    SELECT a.id, CASE step WHEN 1 THEN 'filed_ready' WHEN 9 THEN 'urged' ELSE 'visit_booked' END, 'accepted',
        a.filed_at + step * interval '1 hour', 'customer', '{}'
    FROM applications a CROSS JOIN generate_series(1, 10) AS step
    WHERE a.number LIKE 'XZ20200101%' AND NOT EXISTS (SELECT FROM events e WHERE e.application_id = a.id)
        AND $1::int < $2::int AND $3::text <> ''""",
)
Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"
Look = Callable[[], Awaitable[object]]


async def rows(here: Place, *, a_million: bool) -> list[Row]:
    """Median time of each look in ms, among many beside among few."""
    many = _MOST if a_million else _MANY
    connection = await asyncpg.connect(here.postgres)
    await database.open_database(str(here.settings.database_url))
    try:
        await _grow(connection, 0, _FEW)
        few = await _measure(await _looks(connection, _FEW))
        await _grow(connection, _FEW, many)
        large = await _measure(await _looks(connection, many))
    finally:
        await database.close_database()
        await connection.close()
    return [
        Row(
            name=f"{name}, {many:,} cases, {many * 10:,} events",
            unit="ms",
            ours=large[name],
            reference=f"itself with {_FEW:,}",
            theirs=few[name],
        )
        for name in large
    ]


async def _grow(connection: Connection, there: int, wanted: int) -> None:
    for statement in _FILL:
        used = ("$1", "$2", "$3") if "$3" in statement else ("$1", "$2")
        await connection.execute(
            statement, *(there, wanted, policy.current().version)[: len(used)], timeout=1800
        )
    await connection.execute("VACUUM ANALYZE", timeout=1800)
    await connection.execute("CHECKPOINT", timeout=600)  # else its writes are timed with the looks


async def _looks(connection: Connection, cases: int) -> Mapping[str, Look]:
    now = clock.now()
    owner = await connection.fetchval(
        "SELECT customer_id FROM applications WHERE number = $1", _NUMBER.format(cases // 2)
    )
    member = await _supervisor(connection)
    month = Span(begins=now - timedelta(days=30), ends=now)
    today = figures.day_of(now)
    place = f"增长苑{cases // 400}区{cases // 2}号"
    return {
        "progress of one application": lambda: progress.get_own(_NUMBER.format(cases // 2), owner, now=now),
        "supervisor's board, lanes": lambda: lanes.get(member, now=now, day_ends=today.ends),
        "supervisor's board, what is wrong": lambda: board.get(member, now=now),
        "desk search by address": lambda: caller_search.find(place),
        "desk search by phone": lambda: caller_search.find(f"139{cases // 2:08d}"),
        "figures of a month": lambda: figures.get(member, month, now=now),
    }


async def _supervisor(connection: Connection) -> Member:
    row = await connection.fetchrow(
        "SELECT id, login, name, department FROM staff WHERE login = 'supervisor'"
    )
    if row is None:
        raise LookupError("the demo data has a supervisor")
    return Member(**row, roles=("supervisor",), session_version=0)


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
