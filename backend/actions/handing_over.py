"""Says who has now what left somebody's desk: one message to each colleague, one about what nobody could take."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from backend.actions import _outbox
from backend.actions._absent_desk import Passed
from backend.actions.act import Act
from backend.models import Staff
from config.messages.texts import fill, words


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver:
    """What left the desk: cases and loose tasks, who has them now, and how many nobody could take."""

    cases: int
    colleagues: tuple[str, ...]
    unassigned: int
    away_until: datetime | None = field(default=None)


async def tell(member: Staff, passed: list[Passed], act: Act) -> None:
    """Each colleague hears once of everything they got; the supervisors of what was left."""
    shares: dict[int, list[Passed]] = defaultdict(list)
    for one in passed:
        if one.to is not None:
            shares[one.to.id].append(one)
    for colleague, share in shares.items():
        await push("cases_handed_over", colleague, facts_of(member, share), act)
    left = [one for one in passed if one.to is None and not one.shared]
    if left:
        for supervisor in await _outbox.supervisors_of_department(member.department):
            await push("left_unassigned", supervisor, facts_of(member, left), act)


async def push(message: str, staff_id: int, facts: dict[str, str], act: Act) -> None:
    """One message about no single case to one member."""
    await _outbox.queue(_outbox.Letter(message=message, facts=facts), act=act, staff_id=staff_id)


def facts_of(member: Staff, passed: list[Passed]) -> dict[str, str]:
    """What a message about these says."""
    lines = [fill(words().case_line, one.line) for one in passed]
    return {"person": member.name, "count": str(len(lines)), "cases": "\n".join(lines)}


def summary(passed: list[Passed], until: datetime | None) -> HandedOver:
    """As the one who asked sees it."""
    names = dict.fromkeys(one.to.name for one in passed if one.to is not None)
    left = sum(one.to is None and not one.shared for one in passed)
    return HandedOver(cases=len(passed), colleagues=tuple(names), unassigned=left, away_until=until)
