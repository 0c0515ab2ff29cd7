"""A supervisor's board and figures: each department's own (§3-3)."""

from datetime import date, datetime, timedelta
from typing import Annotated

from pydantic import Field

from backend.handlers.access import StaffCaller
from backend.handlers.bodies import Answer, Body, Moment, NoBody
from backend.handlers.calls import Call
from backend.handlers.doors import Doors
from backend.handlers.progress_answers import Number, SummaryAnswer
from backend.handlers.staff.standing import who_may
from backend.queries import board, figures
from backend.queries.figures import Span
from backend.rules.errors import InvalidField
from config import policy

doors = Doors("staff_board", "/api/staff")


class ManagerOnBoardAnswer(Answer):
    id: int
    name: str
    phone: str
    districts: list[str]
    open_cases: int
    away_until: Moment | None


class BoardAnswer(Answer):
    """What waits for the supervisor now; lists hold the first fifty."""

    unassigned: list[SummaryAnswer]
    late: list[SummaryAnswer]
    projects_without_manager: list[int]
    undelivered: int
    managers: list[ManagerOnBoardAnswer]


class FiguresQuery(Body):
    """`from` and `to`, both days included, in Shanghai; without them today."""

    first: Annotated[date | None, Field(alias="from")] = None
    last: Annotated[date | None, Field(alias="to")] = None


class FiguresAnswer(Answer):
    """`on_time` of `ignited` within their limit; `breaches` by clock; `open`, `unassigned`, `late` as it is now."""

    department: str
    filed: int
    ignited: int
    on_time: int
    ratings: int
    average_rating: Number | None
    urged: int
    complained: int
    breaches: dict[str, int]
    open: int
    unassigned: int
    late: int


@doors.get("/board", who=who_may("show_board"), takes=NoBody, answers=BoardAnswer)
async def show_board(call: Call[StaffCaller, NoBody]) -> BoardAnswer:
    """Cases of nobody and late ones, managers and who is away, messages that did not arrive."""
    return BoardAnswer.model_validate(await board.get(call.who.member, now=call.now))


@doors.get("/figures", who=who_may("show_figures"), takes=FiguresQuery, answers=FiguresAnswer)
async def show_figures(call: Call[StaffCaller, FiguresQuery]) -> FiguresAnswer:
    """The department's figures."""
    span = span_of(call.body.first, call.body.last, call.now)
    return FiguresAnswer.model_validate(await figures.get(call.who.member, span, now=call.now))


def span_of(first: date | None, last: date | None, now: datetime) -> Span:
    """Both days included, in Shanghai; none given: today. Raises InvalidField for days that run backwards."""
    zone = policy.current().tz
    today = now.astimezone(zone).date()
    first, last = first or last or today, last or first or today
    if last < first:
        raise InvalidField(field="to", sentence="span_backwards")
    begins = datetime.combine(first, datetime.min.time(), zone)
    ends = datetime.combine(last + timedelta(days=1), datetime.min.time(), zone)
    return Span(begins=begins, ends=ends)
