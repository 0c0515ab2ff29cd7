"""What is looked up for a turn, in parts."""

from datetime import datetime

from backend.bots.conversation import Option
from backend.bots.dialogues.turns import Part, Query, ShowFreeHours, ShowManager, part
from backend.gateways.senders import LinkOf
from backend.queries import free_hours, my_applications, progress
from backend.queries.clocks import ClockView
from backend.queries.progress import Progress
from backend.rules.stages import APPLICATION
from backend.rules.wording import say_left, say_moment
from config import policy
from config.messages.replies import replies
from config.messages.texts import fill, words


async def look(query: Query, *, customer_id: int, link_of: LinkOf, now: datetime) -> tuple[Part, ...]:
    """The answer from the books. Raises NotFound for another person's case."""
    if isinstance(query, ShowFreeHours):
        await my_applications.check_own(query.number, customer_id)
        return _free_hours(await free_hours.of_case(query.number, now=now))
    view = await progress.get_own(query.number, customer_id, now=now)
    if isinstance(query, ShowManager):
        return _manager(view)
    return (*tell_progress(view, now=now), part("progress_link", url=link_of(f"/m/progress/{view.number}")))


def tell_progress(view: Progress, *, now: datetime) -> tuple[Part, ...]:
    """Stage, clock with the time left, who is in charge, what comes next, what is missing."""
    parts = [
        part(
            "progress",
            number=view.number,
            address=view.address,
            stage=words().stages["application"][view.stage],
            clock=_clock(view.clock),
            next=_next(view, now),
            **manager_facts(view),
        )
    ]
    if view.project is not None:
        parts.append(part("progress_project", stage=words().stages["project"][view.project.stage]))
    if view.missing_documents and view.stage not in APPLICATION.final:
        parts.append(
            part("progress_missing", papers="、".join(paper.name for paper in view.missing_documents))
        )
    return tuple(parts)


def manager_facts(view: Progress) -> dict[str, str]:
    """Whoever is in charge; the hotline's number while nobody is."""
    if view.manager is None:
        return {"manager_name": words().nobody, "manager_phone": policy.current().hotlines.numbers[0]}
    return {"manager_name": view.manager.name, "manager_phone": view.manager.phone}


def _free_hours(hours: tuple[datetime, ...]) -> tuple[Part, ...]:
    if not hours:
        return ()
    options = [Option(value=hour.isoformat(), label=say_moment(hour, policy.current())) for hour in hours]
    return (part("free_hours", *options),)


def _manager(view: Progress) -> tuple[Part, ...]:
    if view.manager is None:
        return (part("manager_none"),)
    return (part("manager", number=view.number, **manager_facts(view)),)


def _next(view: Progress, now: datetime) -> str:
    booked = [visit for visit in view.visits if visit.state == "booked"]
    wish = view.preferred_visit_at
    wished = replies().next_steps.get(f"{view.stage}_wished")
    if wished and not booked and wish is not None and wish > now:
        return fill(wished, {"visit": say_moment(wish, policy.current())})
    facts = {"visit": say_moment(booked[0].at, policy.current())} if booked else {}
    return fill(replies().next_steps.get(view.stage, ""), facts)


def _clock(clock: ClockView | None) -> str:
    if clock is None:
        return ""
    key = "late" if clock.state == "met" and clock.late else clock.state
    facts = {
        "clock_name": clock.name,
        "left": say_left(clock.remaining),
        "deadline": say_moment(clock.due_at, policy.current()) if clock.due_at else "",
        "reason": words().pause_reasons.get(clock.reason or "", words().none),
    }
    return fill(replies().texts.get(f"clock_{key}", ""), facts)
