"""python -m bench.city [--seed N] [--report FILE]: what `make city` runs."""

import argparse
import random
import sys
from dataclasses import replace
from pathlib import Path

from bench.city.assumptions import Assumptions
from bench.city.figures import Figures, read
from bench.city.page import page
from bench.city.town import Town

_LOADS = (1.0, 2.0, 3.0, 4.0)


def play(given: Assumptions, *, seed: int, judged: float, sent: float) -> tuple[Town, Figures]:
    """The days with this seed."""
    town = Town(given=given, chance=random.Random(seed))  # noqa: S311  # a simulation, nothing to guard
    town.live()
    return town, read(town, given, judged=judged, sent=sent)


def main() -> None:
    """Prints the page, or writes it."""
    parser = argparse.ArgumentParser(prog="python -m bench.city")
    parser.add_argument("--households", type=int, default=Assumptions().households)
    parser.add_argument("--managers", type=int, default=Assumptions().managers)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--judged", type=float, default=200, help="reminders judged a second")
    parser.add_argument("--sent", type=float, default=150, help="pushes sent a second")
    parser.add_argument("--report", type=Path, help="write the page here")
    asked = parser.parse_args()
    given = Assumptions(households=asked.households, managers=asked.managers)
    rates = {"judged": asked.judged, "sent": asked.sent}
    town, found = play(given, seed=asked.seed, **rates)
    others = [
        (load, play(replace(given, load=load), seed=asked.seed, **rates)[1]) for load in _LOADS if load != 1
    ]
    loads = sorted([(1.0, found), *others], key=lambda one: one[0])
    text = page(given, found, town, loads, (asked.judged, asked.sent))
    if asked.report:
        asked.report.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)


if __name__ == "__main__":
    main()
