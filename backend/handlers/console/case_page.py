"""One application's page at the desk: its whole file, and what this visitor may do to it."""

from collections.abc import Sequence

from sanic import HTTPResponse, Request

from backend import clock
from backend.handlers.console.render import page
from backend.handlers.pages.forms import NOTHING, Draft
from backend.handlers.pages.session import Visitor
from backend.queries import board, reach, staff_cases
from backend.queries.board import ManagerOnBoard
from backend.rules.errors import Forbidden
from config.roles import roles


async def show(
    request: Request, who: Visitor, number: str, *, draft: Draft = NOTHING, status: int = 200
) -> HTTPResponse:
    """The application; `draft` is the form that was refused. Check the reach first. Raises NotFound."""
    case = await staff_cases.get(number, now=clock.now())
    managers = await _takers(who, number)
    return await page(
        request,
        who,
        "applications/case.html",
        status=status,
        case=case,
        managers=managers,
        may_correct=bool(set(roles().of("correct")) & set(who.member.roles)),
        draft=draft,
    )


async def _takers(who: Visitor, number: str) -> Sequence[ManagerOnBoard]:
    """Who could take the case, for whoever may give it."""
    try:
        await reach.role_for_application(number, who.member, roles().of("reassign"))
    except Forbidden:
        return ()
    return await board.list_managers(who.member)
