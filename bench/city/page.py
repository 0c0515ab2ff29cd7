"""The figures as a page."""

from collections.abc import Sequence
from datetime import timedelta

from bench.city import sending
from bench.city.assumptions import Assumptions
from bench.city.figures import Figures, breaks
from bench.city.town import Town

_HEAD = """# A city in its heating season

Written by `make city ARGS="--report docs/city.md"`: a discrete-event simulation with the production's rules (the table of
steps, clocks, reminders, quiet hours, merging, digests) and policy. The same seed gives the same page.

## Assumptions

{assumptions}

Judged are {judged:g} reminders and sent {sent:g} pushes a second, all schedulers together.

## What happened

"""


def page(
    given: Assumptions,
    found: Figures,
    town: Town,
    loads: Sequence[tuple[float, Figures]],
    rates: tuple[float, float],
) -> str:
    judged, sent = rates
    head = _HEAD.format(
        assumptions="\n".join(f"- {line}" for line in given.lines()), judged=judged, sent=sent
    )
    return head + "\n".join([*_facts(found), "", *_lateness(found, town, sent), "", *_loads(loads), ""])


def _facts(found: Figures) -> list[str]:
    told = ", ".join(f"{message} {count:,}" for message, count in found.by_message)
    dropped = ", ".join(f"{why} {count:,}" for why, count in found.dropped)
    visits, pushes = found.visits, found.told
    return [
        "| what | value |",
        "|---|---|",
        f"| applications | {found.applications:,} |",
        f"| pushes | {found.pushes:,}, on the busiest day {found.busiest_day:,} |",
        f"| pushes a minute | most {found.peak_minute:,} ({found.peak_at:%d %B %H:%M}), p99 {found.p99_minute:,} |",
        f"| the most frequent | {told} |",
        f"| reminders not sent | {dropped} |",
        f"| visits of a manager a day | median {visits[0]:g}, p99 {visits[1]:g}, most {visits[2]} |",
        f"| pushes to a manager a day | median {pushes[0]:g}, p99 {pushes[1]:g}, most {pushes[2]} |",
        f"| ignition clocks kept | {found.kept:.2%} |",
        f"| call-backs on the busiest day | {found.calls_day:,}, {found.call_share:.0%} of what the agents can make |",
        f"| template messages on the busiest day | {found.template_share:.0%} of the account's quota |",
    ]


def _lateness(found: Figures, town: Town, sent: float) -> list[str]:
    times = [push.at for push in town.pushes]
    outage = (found.peak_at, timedelta(hours=1))
    cases = [
        ("judging reminders", found.judging),
        *(
            (f"sending {rate:g} a second", sending.through(times, rate))
            for rate in (sent / 4, sent / 2, sent)
        ),
        (
            f"sending {sent:g} a second, the platform away for an hour from the peak on",
            sending.through(times, sent, outage=outage),
        ),
    ]
    return [
        "## How late",
        "",
        "| | median | p99 | worst |",
        "|---|---|---|---|",
        *(
            f"| {name} | {late.median:.3g} s | {late.p99:.3g} s | {late.worst:,.0f} s |"
            for name, late in cases
        ),
    ]


def _loads(loads: Sequence[tuple[float, Figures]]) -> list[str]:
    return [
        "## What breaks first",
        "",
        "| load | pushes a minute, most | clocks kept | passed limits, the furthest first |",
        "|---|---|---|---|",
        *(
            f"| × {load:g} | {found.peak_minute:,} | {found.kept:.1%} | {'; '.join(breaks(found)) or 'none'} |"
            for load, found in loads
        ),
    ]
