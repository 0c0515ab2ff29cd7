"""Who asks while a statement is on its way shares the next one, and nobody is harmed by company."""

import asyncio
from collections.abc import Callable, Sequence

import pytest

from backend import together
from backend.together import Together


class Database:
    """Answers twice the number; remembers what came together. A statement stays away while the road is closed."""

    def __init__(self) -> None:
        self.came: list[list[int]] = []
        self.road = asyncio.Event()
        self.road.set()
        self.fails: Callable[[Sequence[int]], bool] = lambda _: False

    async def send(self, asked: Sequence[int]) -> list[int]:
        self.came.append(list(asked))
        await self.road.wait()
        if self.fails(asked):
            raise ValueError(asked)
        return [2 * one for one in asked]


def asking(shared: Together[int, int], *numbers: int) -> list[asyncio.Task[int]]:
    return [asyncio.create_task(shared.ask(number)) for number in numbers]


async def reach(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110  what is waited for is no event
            await asyncio.sleep(0)


async def test_who_asks_alone_goes_at_once() -> None:
    database = Database()
    shared = Together(database.send)
    assert [await shared.ask(1), await shared.ask(2)] == [2, 4]
    assert database.came == [[1], [2]]


async def test_who_comes_meanwhile_goes_together_and_each_has_their_own_answer() -> None:
    database = Database()
    shared = Together(database.send)
    database.road.clear()
    first = asking(shared, 1)
    await reach(lambda: database.came == [[1]])
    others = asking(shared, 2, 3, 4)
    await asyncio.sleep(0)
    database.road.set()
    assert await asyncio.gather(*first, *others) == [2, 4, 6, 8]
    assert database.came == [[1], [2, 3, 4]]


async def test_one_that_cannot_be_answered_fails_alone() -> None:
    database = Database()
    shared = Together(database.send)
    database.fails = lambda asked: 3 in asked
    answers = await asyncio.gather(*asking(shared, 2, 3, 4), return_exceptions=True)
    assert answers[::2] == [4, 8]
    assert isinstance(answers[1], ValueError)


async def test_a_connection_that_dies_once_costs_nobody_the_answer() -> None:
    database = Database()
    shared = Together(database.send)
    database.fails = lambda asked: len(asked) > 1
    assert await asyncio.gather(*asking(shared, 1, 2, 3)) == [2, 4, 6]


async def test_who_gives_up_spoils_nothing() -> None:
    database = Database()
    shared = Together(database.send)
    database.road.clear()
    first, second, third = asking(shared, 1, 2, 3)
    await reach(lambda: bool(database.came))
    for one in (first, second):
        one.cancel()
    database.road.set()
    assert await third == 6
    assert first.cancelled()
    assert second.cancelled()
    assert await shared.ask(4) == 8


async def test_one_that_hangs_holds_only_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(together, "_LONGEST", 0.01)
    database = Database()
    shared = Together(database.send)
    database.road.clear()
    stuck = asking(shared, 1)
    await reach(lambda: bool(database.came))
    later = asking(shared, 2, 3)
    await reach(lambda: database.came == [[1], [2, 3]])
    database.road.set()
    assert await asyncio.gather(*stuck, *later) == [2, 4, 6]


async def test_a_crowd_goes_in_statements_of_bounded_length() -> None:
    database = Database()
    shared = Together(database.send)
    numbers = range(150)
    assert await asyncio.gather(*asking(shared, *numbers)) == [2 * number for number in numbers]
    assert max(map(len, database.came)) <= 64
