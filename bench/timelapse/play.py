"""Plays the story at a place and tells it."""

from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import time, timedelta

from bench.timelapse.days import Days, Tell
from bench.timelapse.ledger import Ledger, Push, Totals
from bench.timelapse.people import Phones
from bench.timelapse.place import Place
from bench.timelapse.printing import moment
from bench.timelapse.story import ACTS, Act, Cast, gather, next_eve
from config.timelapse import timelapse


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """What was told, how many pushes about other cases went out meanwhile, and whether all arrived."""

    pushes: tuple[Push, ...]
    others: int
    totals: Totals
    arrived: int


async def play(place: Place, tell: Tell, acts: Sequence[tuple[int, time, Act]] = ACTS) -> Played:
    """Raises Stuck, NoRule."""
    async with AsyncExitStack() as closing:
        ledger = await Ledger.open(place.database_url)
        closing.push_async_callback(ledger.close)
        days, phones = Days(place, ledger, tell), Phones(place)
        closing.push_async_callback(days.close)
        closing.push_async_callback(phones.close)
        cast = Cast(place=place, phones=phones, days=days, eve=next_eve(await days.now()))
        await gather(cast)
        await days.jump_to(cast.at(0, acts[0][1]) - timedelta(minutes=1))
        try:
            for day, hour, act in acts:
                at = cast.at(day, hour)
                await days.walk_to(at)
                tell(timelapse().act.format(at=moment(at), caption=timelapse().acts[act.__name__]))
                await act(cast)
                await days.tell_new()
        finally:
            for desk in cast.desks.values():
                await desk.close()
        return Played(
            pushes=tuple(days.told),
            others=days.others,
            totals=await ledger.totals(),
            arrived=await phones.count(),
        )
