"""From the due reminder to the recorded delivery, the sender stubbed, beside a job queue running empty jobs."""

import asyncio
import subprocess
import time
from datetime import datetime, timedelta
from functools import partial

import asyncpg

from backend import clock, database
from backend.actions import applications, reminders
from backend.actions.act import Act
from backend.gateways.pace import SharedPace
from backend.gateways.post import Parcel
from backend.gateways.redis import open_redis
from backend.rules.filing import Filing
from bench.place import REFERENCE_PYTHON, REFERENCES, Place
from bench.pushes import people
from bench.row import Row
from config import policy
from scheduler.deliveries import Deliveries
from scheduler.sweeps import Sweep
from scheduler.times import Times

_ROUNDS, _CASES = 3, 1000
_HOUR = 10  # in the morning: no reminder is held back
_DUE = """
UPDATE reminders SET state = 'waiting', due_at = $1::timestamptz - interval '1 minute' WHERE kind = 'before_deadline'
"""
_ONE_EACH = """
DELETE FROM reminders r USING clocks k WHERE k.id = r.clock_id AND (r.kind <> 'before_deadline' OR k.kind <> 'ignition')
"""
_REFERENCE = "procrastinate, as many empty jobs on the same server"


async def rows(here: Place) -> list[Row]:
    """Reminders a second, ours and theirs by turns."""
    connection = await asyncpg.connect(here.postgres)
    await database.open_database(str(here.settings.database_url))
    morning = datetime.combine(clock.real_now().date(), datetime.min.time(), policy.current().tz)
    now = (morning + timedelta(hours=_HOUR)).astimezone(clock.real_now().tzinfo)
    ours: list[float] = []
    theirs: list[float] = []
    try:
        await _file(connection, now - timedelta(hours=20))
        for turn in range(_ROUNDS + 1):
            mine, other = await _remind(here, connection, now), await asyncio.to_thread(_empty_jobs, here)
            if turn:  # the first round warms up
                ours.append(mine)
                theirs.append(other)
    finally:
        await people.clear(connection)
        await database.close_database()
        await connection.close()
    name = "due reminders judged, made, delivered to a stub and recorded"
    return [Row(name=name, unit="/s", ours=ours, reference=_REFERENCE, theirs=theirs)]


async def _file(connection: people.Connection, at: datetime) -> None:
    """Applications whose ignition clock runs, each with one reminder to come."""
    for place in range(_CASES):
        filing = Filing(
            customer_kind="resident",
            contact_name="张三",
            contact_phone="13812345678",
            address=f"新郑市龙湖镇龙湖锦园{place + 1}号楼",
            channel="hotline",
        )
        await applications.accept(filing, act=Act(by="hotline_agent", now=at, real_now=at))
    await connection.execute(_ONE_EACH)
    await connection.execute("UPDATE staff SET openid = 'bench-' || login")
    await connection.execute("VACUUM ANALYZE")


async def _remind(here: Place, connection: people.Connection, now: datetime) -> float:
    await people.clear(connection)
    await connection.execute(_DUE, now)
    due = await connection.fetchval("SELECT count(*) FROM reminders WHERE state = 'waiting'")
    redis = open_redis(str(here.settings.redis_url))
    await redis.flushdb()  # else the platform's rate, used up by the rounds before, is what is measured
    read = partial(_times, now)
    deliveries = Deliveries({"template": _taken}, SharedPace(redis), read)
    sending = Sweep(name="deliveries", next=deliveries.start_next, read_times=read)
    judging = Sweep(name="reminders", next=_judge, read_times=read, stirs=[sending])
    deliveries.when_free = sending.poke
    began = time.perf_counter()
    lives = [asyncio.create_task(sweep.live()) for sweep in (judging, sending)]
    await judging.poke()
    while await _unfinished(connection):  # noqa: ASYNC110  measured from outside
        await asyncio.sleep(0.01)
    took = time.perf_counter() - began
    for sweep in (judging, sending):
        sweep.end()
    await asyncio.gather(*lives)
    await redis.aclose()
    return float(due) / took


async def _unfinished(connection: people.Connection) -> bool:
    left = await connection.fetchval("SELECT EXISTS (SELECT FROM reminders WHERE state = 'waiting')")
    return bool(left) or await people.waiting(connection)


async def _times(now: datetime) -> Times:
    return Times(now=now, real_now=clock.real_now())


async def _judge(times: Times) -> bool:
    return await reminders.remind_next(now=times.now, real_now=times.real_now)


async def _taken(parcel: Parcel) -> str | None:
    return parcel.id


def _empty_jobs(here: Place) -> float:
    command = [str(REFERENCE_PYTHON), "procrastinate_jobs.py", here.postgres, str(_CASES)]
    told = subprocess.run(command, cwd=REFERENCES, capture_output=True, text=True, check=True)  # noqa: S603  our own command
    return _CASES / float(told.stdout)
