"""Completion papers with the settlement statement, and their final review (§2.1-3)."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from backend.actions import settlements
from backend.actions.settlements import Statement
from backend.handlers.access import StaffCaller
from backend.handlers.bodies import Body, Ids, Name, OptionalText, Text
from backend.handlers.calls import Call
from backend.handlers.doors import Doors
from backend.handlers.staff.project_answers import StaffProjectAnswer
from backend.handlers.staff.projects import shown
from backend.handlers.staff.standing import on_project, who_may
from backend.queries import completions

doors = Doors("staff_settlements", "/api/staff")

Yuan = Annotated[Decimal, Field(ge=0, lt=10**12, decimal_places=2)]


class StatementBody(Body):
    """The amount, and which completion papers come with it."""

    amount_yuan: Yuan
    papers: Annotated[tuple[Name, ...], Field(max_length=50)]
    document_ids: Ids = ()
    note: OptionalText = None


class ReviewBody(Body):
    """Returned with a word on why, or approved."""

    approved: bool
    note: Text


@doors.post(
    "/projects/<project_id:int>/settlements",
    who=who_may("submit_settlement"),
    takes=StatementBody,
    answers=StaffProjectAnswer,
    status=201,
)
async def submit_settlement(call: Call[StaffCaller, StatementBody], project_id: int) -> StaffProjectAnswer:
    """Hands in the completion papers with the statement."""
    act = await on_project(call, "submit_settlement", project_id)
    body = call.body
    statement = Statement(
        amount_yuan=body.amount_yuan,
        papers=body.papers,
        document_ids=body.document_ids,
        note=body.note or "",
    )
    await settlements.submit(project_id, statement, act=act)
    return await shown(call, project_id)


@doors.post(
    "/settlements/<settlement_id:int>/review",
    who=who_may("review_settlement"),
    takes=ReviewBody,
    answers=StaffProjectAnswer,
)
async def review_settlement(call: Call[StaffCaller, ReviewBody], settlement_id: int) -> StaffProjectAnswer:
    """The final review; approved, the archive sheet goes to customer service."""
    project_id = await completions.get_project_of_settlement(settlement_id)
    act = await on_project(call, "review_settlement", project_id)
    await settlements.review(settlement_id, approved=call.body.approved, note=call.body.note, act=act)
    return await shown(call, project_id)
