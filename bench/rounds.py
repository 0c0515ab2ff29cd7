"""Times calls in this process, in rounds."""

import time
from collections.abc import Callable, Sequence

from bench.row import Row

_ROUNDS = 5


def timed(name: str, calls: Sequence[Callable[[], object]]) -> list[Row]:
    """Median and p99 of one call, in ms, over all of them in a round."""
    medians: list[float] = []
    slowest: list[float] = []
    for turn in range(_ROUNDS + 1):
        times = sorted(_milliseconds(call) for call in calls)
        if turn:  # the first round warms up
            medians.append(times[len(times) // 2])
            slowest.append(times[int(len(times) * 0.99)])
    return [
        Row(name=f"{name}, median", unit="ms", ours=medians),
        Row(name=f"{name}, p99", unit="ms", ours=slowest),
    ]


def _milliseconds(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return (time.perf_counter() - began) * 1000
