"""What many people ask of the database at one time goes as one statement: one round trip, one commit, one plan."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")

_MOST = 64  # in one statement
# Seconds after which a statement holds the next one up no longer: a connection that hangs keeps its own people only.
_LONGEST = 0.25


def rows_of(**columns: str) -> str:
    """The source of a statement's rows: these columns and types, from arrays `$1`, `$2` …, and their `place` from 1 on.

    The plan is to be one for any number of rows, kept, and through indexes. A subquery hides an array's length: knowing it,
    PostgreSQL would plan anew for each message (0.6 ms of its processor). A range of places lets it expect one row: with
    ten, its guess for an array, it would rather read a whole table of some thousand.
    """
    arrays = ", ".join(f"(SELECT ${number}::{kind}[])" for number, kind in enumerate(columns.values(), 1))
    source = f"unnest({arrays}) WITH ORDINALITY AS each ({', '.join(columns)}, place)"
    return f"(SELECT * FROM {source} WHERE place BETWEEN 1 AND {_MOST}) AS one"  # noqa: S608  only constants are put in


class Together(Generic[Asked, Answer]):
    """Collects what is asked while a statement is on its way, and sends it when that is back.

    Nobody who asks alone waits for company: there is no timer. `send` answers each one asked, in their order; when it fails
    for many, each is asked again by itself, so that one whose text no database takes harms nobody. It must therefore
    bear to be repeated, also after a connection that died on the way back.
    """

    def __init__(self, send: Callable[[Sequence[Asked]], Awaitable[Sequence[Answer]]]) -> None:
        self._send = send
        self._waiting: list[tuple[Asked, asyncio.Future[Answer]]] = []
        self._trips: set[asyncio.Task[None]] = set()
        self._last: asyncio.Task[None] | None = None

    async def ask(self, asked: Asked) -> Answer:
        """The answer to this one. Raises what `send` raised for it alone. Who is cancelled spoils nobody else's."""
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting.append((asked, answer))
        if self._last is None or self._last.done():
            self._set_out()
        return await answer

    def _set_out(self) -> None:
        trip = self._last = asyncio.create_task(self._carry_waiting())
        self._trips.add(trip)
        late = asyncio.get_running_loop().call_later(_LONGEST, self._go_on_after, trip)
        trip.add_done_callback(self._trips.discard)
        trip.add_done_callback(lambda _: late.cancel())
        trip.add_done_callback(self._go_on_after)

    def _go_on_after(self, trip: asyncio.Task[None]) -> None:
        if trip is not self._last:
            return  # another one set out meanwhile
        self._last = None
        if self._waiting:
            self._set_out()

    async def _carry_waiting(self) -> None:
        batch, self._waiting = self._waiting[:_MOST], self._waiting[_MOST:]
        await self._carry(batch)

    async def _carry(self, batch: Sequence[tuple[Asked, asyncio.Future[Answer]]]) -> None:
        try:
            answers = await self._send([asked for asked, _ in batch])
        except Exception as error:  # noqa: BLE001  it is handed to whoever asked
            if len(batch) > 1:
                await asyncio.gather(*(self._carry([one]) for one in batch))
            elif not batch[0][1].done():
                batch[0][1].set_exception(error)
            return
        for (_, waits), answer in zip(batch, answers, strict=True):
            if not waits.done():
                waits.set_result(answer)
