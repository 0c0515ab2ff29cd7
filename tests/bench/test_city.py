"""The simulated city is the same for the same seed, and keeps the rules it is made of."""

from bench.city.__main__ import play
from bench.city.assumptions import BEGIN, Assumptions
from bench.city.figures import breaks
from bench.city.town import Town
from config import policy
from config.messages.texts import notices

TOWN = Assumptions(households=60_000, managers=30, districts=3, supervisors=3, days=5)


def a_town(seed: int = 1, given: Assumptions = TOWN) -> Town:
    return play(given, seed=seed, judged=100, sent=100)[0]


def told(town: Town) -> list[tuple[str, str, str]]:
    return [(push.at.isoformat(), push.message, push.channel) for push in town.pushes]


def test_one_seed_is_one_city_and_another_is_another() -> None:
    assert told(a_town(1)) == told(a_town(1))
    assert told(a_town(1)) != told(a_town(2))


def test_no_reminder_or_digest_goes_by_night() -> None:
    quiet, crowded = policy.current().hours.quiet, Assumptions(households=900_000, managers=30, days=4)
    held = [
        push
        for push in a_town(given=crowded).pushes
        if notices()[push.message].kind in {"reminder", "digest"}
    ]
    hours = [push.at.astimezone(BEGIN.tzinfo).time() for push in held]
    assert hours
    assert all(quiet.closes <= hour < quiet.opens for hour in hours)


def test_managers_who_cannot_do_it_break_first_and_it_is_said() -> None:
    crowded = Assumptions(households=900_000, managers=30, days=5)
    _, found = play(crowded, seed=1, judged=100, sent=100)
    assert found.kept < 0.9
    assert "managers" in breaks(found)[0]
    assert dict(found.by_message)["clock_breached_supervisor"] > 0


def test_a_sender_that_is_too_slow_is_told_apart_from_one_that_is_not() -> None:
    _, slow = play(TOWN, seed=1, judged=100, sent=0.1)
    _, fast = play(TOWN, seed=1, judged=100, sent=100)
    assert slow.sending.p99 > fast.sending.p99
    assert slow.pushes == fast.pushes
