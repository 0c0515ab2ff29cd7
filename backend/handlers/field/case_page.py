"""One application on the phone: who, where, how long still, and the next step."""

from dataclasses import replace

from sanic import HTTPResponse

from backend import clock
from backend.handlers.field.next_step import Steps, plan_steps
from backend.handlers.field.render import page
from backend.handlers.pages.forms import NOTHING, Draft
from backend.handlers.pages.session import Visitor
from backend.queries import inbox, reach, staff_cases
from backend.queries.callers import Member
from backend.queries.desks import TaskView
from backend.rules.errors import Forbidden
from config.roles import roles

_LOOKING = "show_application"
_ACTING = "book_visit"  # who may book may do all the rest of the visit


async def show(
    who: Visitor, number: str, *, task: TaskView | None = None, draft: Draft = NOTHING, status: int = 200
) -> HTTPResponse:
    """The application with its forms; `draft` is the one that was refused. Raises NotFound, Forbidden."""
    await reach.role_for_application(number, who.member, roles().of(_LOOKING))
    case = await staff_cases.get(number, now=clock.now())
    booked = await staff_cases.find_booked_visit(number)
    steps = plan_steps(case, task, booked)
    if not await _acts(number, who.member):
        steps = Steps()
    elif draft.form:
        steps = replace(steps, first=draft.form, others=_all_but(draft.form, steps))
    return await page(
        "case.html",
        status=status,
        who=who,
        unread=await inbox.count_unread(who.member.id),
        case=case,
        task=task,
        booked=booked,
        steps=steps,
        acts=await _acts(number, who.member),
        draft=draft,
        pulse=f"/m/pulse/applications/{number}",
    )


def _all_but(form: str, steps: Steps) -> tuple[str, ...]:
    every = (*((steps.first,) if steps.first else ()), *steps.others)
    return tuple(step for step in every if step != form)


async def _acts(number: str, member: Member) -> bool:
    """Whether the member may act on it, not just look."""
    try:
        await reach.role_for_application(number, member, roles().of(_ACTING))
    except Forbidden:
        return False
    return True
