"""Claiming one due message: a thousand waiting against a hundred thousand, or a million when asked for."""

import time
from datetime import timedelta

import asyncpg

from backend import clock, database
from backend.actions import outbox
from backend.actions.act import Act
from bench.place import Place
from bench.row import Row

_ROUNDS, _CLAIMS = 5, 60
_FEW, _MANY, _MOST = 1_000, 100_000, 1_000_000
_FILL = """
INSERT INTO outbox (id, message, customer_id, facts, priority, state, channel, attempts, attempt_at, created_at)
SELECT gen_random_uuid(), 'bench', (SELECT min(id) FROM customers), '{}', n % 5, 'waiting', 0, 0,
       $2::timestamptz - n * interval '1 millisecond', $2::timestamptz FROM generate_series(1, $1::int) AS n
"""


async def rows(here: Place, *, a_million: bool) -> list[Row]:
    """Median time of one claim, in µs, the row read with it. Nothing else may run on this database meanwhile."""
    many = _MOST if a_million else _MANY
    connection = await asyncpg.connect(here.postgres)
    await database.open_database(str(here.settings.database_url))
    few_times: list[float] = []
    many_times: list[float] = []
    try:
        for _ in range(_ROUNDS):
            few_times.append(await _measure(connection, _FEW))
            many_times.append(await _measure(connection, many))
    finally:
        await database.close_database()
        await connection.close()
    name = f"claiming a due message, {many:,} waiting"
    return [Row(name=name, unit="µs", ours=many_times, reference=f"itself with {_FEW:,}", theirs=few_times)]


async def _measure(connection: "asyncpg.Connection[asyncpg.Record]", waiting: int) -> float:
    await connection.execute("DELETE FROM inbox_items; DELETE FROM outbox")
    await connection.execute(_FILL, waiting, clock.real_now() - timedelta(minutes=1))
    await connection.execute("VACUUM ANALYZE outbox")
    await connection.execute("CHECKPOINT")  # else its writes are timed with the claims
    times = []
    for _ in range(_CLAIMS):
        began = time.perf_counter()
        claimed = await outbox.claim(1, act=Act.system(now=clock.now(), real_now=clock.real_now()))
        times.append(time.perf_counter() - began)
        if not claimed:
            raise RuntimeError("no message was due")
    return sorted(times)[_CLAIMS // 2] * 1_000_000
