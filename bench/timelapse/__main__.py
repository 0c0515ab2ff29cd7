"""python -m bench.timelapse: what `make timelapse` runs."""

import asyncio
import sys
from time import monotonic

from backend.embedded import EmbeddedServicesUnavailable
from bench.timelapse.days import Stuck
from bench.timelapse.place import NotReady, open_place
from bench.timelapse.play import play
from bench.timelapse.printing import NoRule
from config import policy
from config.timelapse import timelapse


async def _show() -> bool:
    """Whether everything arrived."""
    say, began = timelapse(), monotonic()
    _tell(say.beginning.format(zone=policy.current().zone))
    async with open_place() as place:
        played = await play(place, _tell)
    totals = played.totals
    _tell(
        say.ending.format(
            shown=len(played.pushes),
            others=played.others,
            sent=totals.sent,
            arrived=played.arrived,
            lost=totals.lost,
            called=totals.called,
            seconds=round(monotonic() - began),
        )
    )
    return totals.lost == 0 and played.arrived == totals.sent


def _tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        sys.exit(0 if asyncio.run(_show()) else 1)
    except (NotReady, EmbeddedServicesUnavailable, NoRule, Stuck) as fault:
        sys.exit(f"{type(fault).__name__}: {fault}")
