"""Claiming one due message: a thousand waiting against a hundred thousand, or a million when asked for, with what a day's
work left in the table: messages that were claimed and delivered before, nothing vacuumed since."""

import time
from datetime import datetime, timedelta

import asyncpg

from backend import clock, database
from backend.actions import outbox
from backend.actions.act import Act
from bench import bulk
from bench.place import Place
from bench.row import Row

_TURNS, _ROUNDS, _CLAIMS = 3, 3, 60
_FEW, _MANY, _MOST = 1_000, 100_000, 1_000_000
_DAY = 14_000  # pushes: a city's busiest day (docs/city.md)
_WAITING = """
INSERT INTO outbox (id, message, customer_id, facts, priority, state, channel, attempts, attempt_at, created_at)
SELECT gen_random_uuid(), 'bench', (SELECT min(id) FROM customers), '{{}}', n % 5, 'waiting', 0, 0,
    '{at}'::timestamptz - n * interval '1 millisecond', '{at}' FROM generate_series(1, {count}) AS n
"""
# As the sender does it: claimed (the lease moves its place in the index of what is due), then delivered (it leaves it).
_CLAIMED = (
    "UPDATE outbox SET lease = gen_random_uuid(), attempt_at = now(), attempts = 1 WHERE created_at = '{at}'"
)
_DELIVERED = "UPDATE outbox SET state = 'delivered', ended_at = now() WHERE created_at = '{at}'"


async def rows(here: Place, *, a_million: bool) -> list[Row]:
    """Median time of one claim, in µs, the row read with it. Nothing else may run on this database meanwhile."""
    many = _MOST if a_million else _MANY
    connection = await asyncpg.connect(here.postgres)
    await database.open_database(str(here.settings.database_url))
    few_times: list[float] = []
    many_times: list[float] = []
    try:
        for _ in range(_TURNS):
            few_times += await _measure(connection, _FEW)
            many_times += await _measure(connection, many)
        await connection.execute("TRUNCATE outbox CASCADE")
    finally:
        await database.close_database()
        await connection.close()
    name = f"claiming a due message, {many:,} waiting, {_DAY:,} delivered since the last vacuum"
    return [Row(name=name, unit="µs", ours=many_times, reference=f"itself with {_FEW:,}", theirs=few_times)]


async def _measure(connection: bulk.Connection, waiting: int) -> list[float]:
    """Medians of the rounds, with so many waiting."""
    now = clock.real_now()
    await connection.execute("TRUNCATE outbox CASCADE")
    await bulk.fill(connection, ["outbox"], [_WAITING.format(count=waiting, at=now - timedelta(minutes=1))])
    await bulk.settle(connection, "outbox")
    await _work_a_day(connection, now - timedelta(hours=1))
    await connection.execute("CHECKPOINT")
    return [await _round() for _ in range(_ROUNDS)]


async def _work_a_day(connection: bulk.Connection, at: datetime) -> None:
    for statement in (_WAITING, _CLAIMED, _DELIVERED):
        await connection.execute(statement.format(count=_DAY, at=at))


async def _round() -> float:
    times = []
    for _ in range(_CLAIMS):
        began = time.perf_counter()
        claimed = await outbox.claim(1, act=Act.system(now=clock.now(), real_now=clock.real_now()))
        times.append(time.perf_counter() - began)
        if not claimed:
            raise RuntimeError("no message was due")
    return sorted(times)[_CLAIMS // 2] * 1_000_000
