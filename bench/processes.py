"""A second process on the same database, from start to ready, and what a process holds after many messages."""

import asyncio
import time
from collections.abc import Sequence
from pathlib import Path

from bench import load, messages, place
from bench.place import Place
from bench.row import Row

_ROUNDS, _EACH = 3, 12
_FEW, _MANY = 1_000, 20_000
_MOST = 100_000


async def rows(here: Place, *, all_messages: bool) -> list[Row]:
    """`all_messages` takes 100,000 for the memory row instead of 20,000."""
    people = messages.make_people(here)
    return [
        *await _start(here, people),
        await _memory(here, people, _MOST if all_messages else _MANY),
    ]


async def _start(here: Place, people: Sequence[str]) -> list[Row]:
    began = time.perf_counter()
    with place.second_backend(here) as port:
        ready = time.perf_counter() - began
        alone: list[float] = []
        together: list[float] = []
        for turn in range(_ROUNDS + 1):
            one = await load.run(here.backend, messages.sealed(here, people, _EACH))
            both = await _both(here, port, people)
            if turn:  # the first round warms up
                alone.append(one.per_second)
                together.append(both)
    limit = "one process; processor shared with PostgreSQL and the load generator"
    return [
        Row(name="start to ready, of a second process", unit="s", ours=[ready]),
        Row(name="safe-mode message, two processes", unit="/s", ours=together, reference=limit, theirs=alone),
    ]


async def _both(here: Place, port: int, people: Sequence[str]) -> float:
    half = len(people) // 2
    began = time.perf_counter()
    batches = await asyncio.gather(
        load.run(here.backend, messages.sealed(here, people[:half], _EACH)),
        load.run(port, messages.sealed(here, people[half:], _EACH)),
    )
    return sum(len(batch.each) for batch in batches) / (time.perf_counter() - began)


async def _memory(here: Place, people: Sequence[str], many: int) -> Row:
    sizes = []
    for wanted in (_FEW, many):
        for _ in range(wanted // (len(people) * _EACH) + 1):
            await load.run(here.backend, messages.sealed(here, people, _EACH))
        sizes.append(_megabytes(place.pid_listening(here.backend)))
    name = f"memory of a process after {many:,} messages"
    return Row(name=name, unit="MB", ours=sizes[1:], reference=f"itself after {_FEW:,}", theirs=sizes[:1])


def _megabytes(pid: int) -> float:
    """Resident, as the kernel counts it."""
    fields = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    return int(fields["VmRSS"].split()[0]) / 1024
