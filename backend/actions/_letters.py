"""The facts that texts about a case draw on, as strings ready to be filled in."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from backend.actions import _standing
from backend.actions._standing import Person
from backend.actions.act import Act
from backend.models import Case
from backend.rules import clocks
from backend.rules.clocks import Clock
from backend.rules.wording import say_left, say_moment
from config import policy
from config.messages.texts import words
from config.policy import Policy


class Named(Protocol):
    """What texts say of a case itself."""

    @property
    def number(self) -> str: ...
    @property
    def contact_name(self) -> str | None: ...
    @property
    def contact_phone(self) -> str | None: ...
    @property
    def address(self) -> str: ...
    @property
    def policy_version(self) -> str: ...


async def facts_of(case: Case, act: Act, given: dict[str, Any]) -> dict[str, str]:
    """Who, where, by when; `given` wins. Codes and instants among `given` are put into words."""
    now = await _standing.of(case)
    return compose(case, now.manager, now.clocks, act, given)


def compose(
    case: Named, manager: Person | None, open_clocks: Sequence[Clock], act: Act, given: dict[str, Any]
) -> dict[str, str]:
    """The same from what is known already."""
    return {
        **_where(case),
        "manager_name": manager.name if manager else words().nobody,
        "manager_phone": manager.phone if manager else policy.current().hotlines.numbers[0],
        "at": say_moment(act.now, policy.current()),
        **_headline_facts(case, open_clocks, act),
        **_worded(given),
    }


def _where(case: Named) -> dict[str, str]:
    return {
        "number": case.number,
        "contact_name": case.contact_name or words().no_contact,
        "contact_phone": case.contact_phone or "",
        "address": case.address,
    }


def _headline_facts(case: Named, open_clocks: Sequence[Clock], act: Act) -> dict[str, str]:
    """The clock that matters most now."""
    first = clocks.headline(tuple(open_clocks))
    if first is None:
        return {"deadline": words().none, "left": words().none, "due": ""}
    deadlines = {
        f"{clock.kind}_deadline": say_moment(clock.due_at, policy.current())
        for clock in open_clocks
        if clock.due_at is not None
    }
    return {**deadlines, **clock_facts(first, act.now, policy.of(case.policy_version))}


def clock_facts(clock: Clock, now: datetime, rules: Policy) -> dict[str, str]:
    """A clock in words: its name, its deadline, the time left. `rules` are its case's."""
    name = rules.clocks[clock.kind].name
    if clock.due_at is None:
        still = words().stands_still
        return {"clock_name": name, "deadline": still, "left": still, "due": still}
    moment = say_moment(clock.due_at, rules)
    return {
        "clock_name": name,
        "deadline": moment,
        "left": say_left(clocks.left(clock, now, rules)),
        "due": words().due.format(moment=moment),
    }


def _worded(given: dict[str, Any]) -> dict[str, str]:
    """Facts as people read them: reasons by name, instants as moments."""
    reasons = {**words().pause_reasons, **words().attempt_reasons}
    return {key: _word(key, value, reasons) for key, value in given.items() if value is not None}


def _word(key: str, value: Any, reasons: dict[str, str]) -> str:
    if key == "reason":
        return reasons.get(value, str(value))
    return str(value)
