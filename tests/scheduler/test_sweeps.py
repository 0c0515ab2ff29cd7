"""A sweep outlives every fault, drains what is due, and hears every poke."""

import asyncio
from collections.abc import Callable

import pytest

from scheduler import sweeps
from scheduler.sweeps import Sweep
from scheduler.times import Times
from tests.support.builders import MONDAY_15


class Work:
    """So many rows that are due; `broken` makes the next ones fail."""

    def __init__(self, rows: int = 0, broken: int = 0) -> None:
        self.rows, self.broken, self.looks = rows, broken, 0

    async def next(self, _: Times) -> bool:
        self.looks += 1
        if self.broken:
            self.broken -= 1
            raise ValueError("broken")
        self.rows -= 1
        return self.rows >= 0


async def read_times() -> Times:
    return Times(now=MONDAY_15, real_now=MONDAY_15)


def sweep_of(work: Work) -> Sweep:
    return Sweep(name="test", next=work.next, read_times=read_times)


async def live(sweep: Sweep, until: Callable[[], bool]) -> None:
    """Lets the sweep live until the condition holds, and ends it."""
    life = asyncio.create_task(sweep.live())
    async with asyncio.timeout(5):
        while not until():  # noqa: ASYNC110  the sweep tells nobody when it is done
            await asyncio.sleep(0.01)
    sweep.end()
    await life


async def test_one_poke_drains_everything() -> None:
    work = Work(rows=5)
    sweep = sweep_of(work)
    await sweep.poke()
    await live(sweep, lambda: sweep.done == 5)


async def test_a_fault_is_survived(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeps, "_PAUSE_AFTER_FAULT", 0.01)
    work = Work(rows=2, broken=3)
    sweep = sweep_of(work)

    async def keep_poking() -> None:
        while True:
            await sweep.poke()
            await asyncio.sleep(0.02)

    poking = asyncio.create_task(keep_poking())
    await live(sweep, lambda: sweep.done == 2)
    poking.cancel()
    assert sweep.faults == 3


async def test_more_than_one_tick_may_do_is_done_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeps, "_MOST_ROWS", 10)
    sweep = sweep_of(Work(rows=35))
    await sweep.poke()
    await live(sweep, lambda: sweep.done == 35)


async def test_work_stirs_the_sweeps_behind_it() -> None:
    letters = Work()
    behind = sweep_of(letters)
    before = sweep_of(Work(rows=1))
    before.stirs = [behind]
    await before.poke()
    life = asyncio.create_task(behind.live())
    await live(before, lambda: letters.looks > 0)
    behind.end()
    await life


async def test_an_end_is_heard_while_it_waits() -> None:
    sweep = sweep_of(Work())
    life = asyncio.create_task(sweep.live())
    await asyncio.sleep(0)
    sweep.end()
    await asyncio.wait_for(life, 1)
