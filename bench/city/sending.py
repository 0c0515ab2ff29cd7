"""How late pushes are, given how many a second are judged and sent, and an outage of the platform."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Lateness:
    """Seconds."""

    median: float
    p99: float
    worst: float


def through(
    due: Sequence[datetime], rate: float, *, outage: tuple[datetime, timedelta] | None = None
) -> Lateness:
    """One line, first come first served, at so many a second; nobody is served during the outage."""
    free, late = datetime.min.replace(tzinfo=due[0].tzinfo), []
    takes = timedelta(seconds=1 / rate)
    for at in due:
        begin = max(free, at)
        if outage and outage[0] <= begin < outage[0] + outage[1]:
            begin = outage[0] + outage[1]
        free = begin + takes
        late.append((free - at).total_seconds())
    late.sort()
    return Lateness(median=late[len(late) // 2], p99=late[int(len(late) * 0.99)], worst=late[-1])
