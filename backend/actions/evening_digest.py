"""The supervisors' evening: what was lit today, what ends tomorrow, how much was on time (domain §5)."""

from backend.actions import _outbox
from backend.actions.act import Act
from backend.models import Staff
from backend.queries import callers, figures
from backend.queries.callers import Member
from backend.queries.figures import DueCase, Figures
from backend.rules.wording import say_moment
from config import policy
from config.messages.texts import fill, words


async def send(*, act: Act) -> int:
    """One digest to each supervisor, about what they answer for; returns how many."""
    supervisors = await Staff.filter(active=True, roles__contains=["supervisor"]).order_by("id")
    for supervisor in supervisors:
        member = await callers.find_member(supervisor.id)
        if member is not None:
            letter = _outbox.Letter(message="evening_digest", facts=await _facts(member, act))
            await _outbox.queue(letter, act=act, staff_id=member.id)
    return len(supervisors)


async def _facts(member: Member, act: Act) -> dict[str, str]:
    today, tomorrow = figures.day_of(act.now), figures.day_of(act.now, later=1)
    counts = await figures.get(member, today, now=act.now)
    due = await figures.due(member, tomorrow)
    numbers = {
        name: str(getattr(counts, name)) for name in ("filed", "ignited", "open", "late", "unassigned")
    }
    cases = "\n".join(_line(one) for one in due) or words().none
    return {**numbers, "on_time": _rate(counts), "due_tomorrow": str(len(due)), "cases": cases}


def _rate(counts: Figures) -> str:
    """The share of today's ignitions within the limit; nothing lit has no share."""
    if not counts.ignited:
        return words().none
    return fill(words().share, {"percent": str(round(100 * counts.on_time / counts.ignited))})


def _line(one: DueCase) -> str:
    rules = policy.current()
    name = rules.clocks[one.kind].name  # type: ignore[index]  # only actions write it, from the policy's kinds
    facts = {"number": one.number, "contact_name": one.contact_name, "address": one.address}
    return fill(words().due_line, {**facts, "clock_name": name, "moment": say_moment(one.due_at, rules)})
