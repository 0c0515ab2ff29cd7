"""What the days looked like: pushes a minute, load of each manager, clocks kept, calls."""

import statistics
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bench.city import sending
from bench.city.assumptions import BEGIN, Assumptions
from bench.city.town import Town
from config.delivery import delivery

LATE = 60.0  # seconds; a push that is later breaks what we promise ourselves
KEPT = 0.99  # of the ignition clocks


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """`judging` and `sending` are how late reminders and pushes were at the rates given."""

    pushes: int
    applications: int
    peak_minute: int
    peak_at: datetime
    p99_minute: float
    busiest_day: int
    by_message: tuple[tuple[str, int], ...]
    template_share: float  # of the day's quota, on the busiest day
    kept: float
    visits: tuple[float, float, int]  # of one manager and day: median, p99, most
    told: tuple[float, float, int]
    calls_day: int
    call_share: float  # of what the hotline can do
    dropped: tuple[tuple[str, int], ...]
    judging: sending.Lateness
    sending: sending.Lateness


def read(town: Town, given: Assumptions, *, judged: float, sent: float) -> Figures:
    """The rates are a second."""
    minutes = Counter(push.at.replace(second=0, microsecond=0) for push in town.pushes)
    whole = given.days * 24 * 60
    each = sorted([*minutes.values(), *[0] * (whole - len(minutes))])
    peak_at, peak = max(minutes.items(), key=lambda one: (one[1], -one[0].timestamp()))
    days = Counter(town.day_of(push.at) for push in town.pushes)
    quota = delivery().rates["template"].per_day
    templates = Counter(town.day_of(push.at) for push in town.pushes if push.channel != "subscribe")
    lit = [case.lit_late for case in town.cases if case.lit_late is not None]
    overdue = sum(
        "ignition" in case.clocks and _is_late(town, case.clocks["ignition"].due_at) for case in town.cases
    )
    calls = max(Counter(day for _, day in town.called_back).values(), default=0)
    return Figures(
        pushes=len(town.pushes),
        applications=len(town.cases),
        peak_minute=peak,
        peak_at=peak_at,
        p99_minute=each[int(len(each) * 0.99)],
        busiest_day=max(days.values()),
        by_message=tuple(Counter(push.message for push in town.pushes).most_common(10)),
        template_share=max(templates.values()) / quota,
        kept=lit.count(False) / (len(lit) + overdue),
        visits=_spread(count for one in town.managers for count in one.visits.values()),
        told=_spread(count for one in town.managers for count in one.pushes.values()),
        calls_day=calls,
        call_share=calls / (given.agents * given.calls_per_agent_and_day),
        dropped=tuple(sorted(town.dropped.items())),
        judging=sending.through(town.judged, judged),
        sending=sending.through([push.at for push in town.pushes], sent),
    )


def breaks(found: Figures) -> list[str]:
    """Which limits are passed, the one that is passed furthest first."""
    passed = {
        "managers: ignition clocks are not kept": (1 - found.kept) / (1 - KEPT),
        "hotline: more call-backs than the agents can make": found.call_share,
        "account: more template messages than the day's quota": found.template_share,
        f"judging: the ninety-ninth reminder of a hundred is {LATE:g} s late": found.judging.p99 / LATE,
        f"sending: the ninety-ninth push of a hundred is {LATE:g} s late": found.sending.p99 / LATE,
    }
    return [what for what, far in sorted(passed.items(), key=lambda one: -one[1]) if far > 1]


def _is_late(town: Town, due: datetime | None) -> bool:
    end = BEGIN.timestamp() + town.given.days * 86400
    return due is not None and due.timestamp() < end


def _spread(values: Iterable[int]) -> tuple[float, float, int]:
    found = sorted(values)
    return statistics.median(found), found[int(len(found) * 0.99)], found[-1]
