"""One scheduler: its sweeps, what brings them, and an orderly end."""

import asyncio
import logging
from functools import partial

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from backend.gateways.links import public_url
from backend.gateways.opening import Gateways
from backend.gateways.pace import SharedPace
from backend.gateways.senders import open_post
from config.settings import Settings
from scheduler import wake
from scheduler.deliveries import Deliveries
from scheduler.sweeps import Sweep
from scheduler.times import ReadTimes, read_times
from scheduler.timetable import Row, timetable

_log = logging.getLogger(__name__)

_LAST_PATIENCE = 7.0  # seconds for the rows and messages in hand; a service manager kills after ten


async def run(gateways: Gateways, settings: Settings, stop: asyncio.Event) -> None:
    """Works until `stop` is set, then finishes what is in hand."""
    post = open_post(
        account=gateways.official_account,
        program=gateways.mini_program,
        wecom=gateways.wecom,
        link_of=partial(public_url, settings=settings),
        sms=gateways.sms,
    )
    read = partial(read_times, development=not settings.production)
    deliveries = Deliveries(post, SharedPace(gateways.redis), read)
    rows = timetable(gateways, deliveries)
    sweeps = _sweeps(rows, read)
    deliveries.when_free = sweeps["deliveries"].poke
    timer = _timer(rows, sweeps)

    async def wake_up() -> None:
        for row in rows:
            if row.by_call:
                await sweeps[row.name].poke()

    ear = asyncio.create_task(wake.listen(gateways.redis, wake_up))
    lives = [asyncio.create_task(sweep.live()) for sweep in sweeps.values()]
    await _poke_all(sweeps)
    _log.info("the scheduler works")
    await stop.wait()
    timer.shutdown(wait=False)
    ear.cancel()
    await _end(sweeps, lives, deliveries)
    _log.info("the scheduler has ended")


def _sweeps(rows: tuple[Row, ...], read: ReadTimes) -> dict[str, Sweep]:
    sweeps = {row.name: Sweep(name=row.name, next=row.next, read_times=read) for row in rows}
    for row in rows:
        sweeps[row.name].stirs = [sweeps[name] for name in row.stirs]
    return sweeps


def _timer(rows: tuple[Row, ...], sweeps: dict[str, Sweep]) -> AsyncIOScheduler:
    """Pokes every sweep by time. Due rows, not triggers, hold the truth: no tick is too late to count."""
    timer = AsyncIOScheduler(
        timezone="UTC", job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
    )
    for row in rows:
        timer.add_job(sweeps[row.name].poke, row.trigger, id=row.name)
    timer.start()
    return timer


async def _poke_all(sweeps: dict[str, Sweep]) -> None:
    for sweep in sweeps.values():
        await sweep.poke()


async def _end(sweeps: dict[str, Sweep], lives: list[asyncio.Task[None]], deliveries: Deliveries) -> None:
    """Every row in hand is finished, together; what takes too long is left to its lease."""
    for sweep in sweeps.values():
        sweep.end()
    _, late = await asyncio.wait(lives, timeout=_LAST_PATIENCE / 2)
    for task in late:
        task.cancel()
    await deliveries.finish(patience=_LAST_PATIENCE / 2)
