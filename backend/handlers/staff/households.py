"""The household files of a project (一户一档, §2.1-3)."""

from backend.handlers.access import StaffCaller
from backend.handlers.bodies import Answer, MaskedPhone, Moment, OptionalLine, PageAnswer, PageQuery
from backend.handlers.calls import Call
from backend.handlers.doors import Doors
from backend.handlers.staff.standing import on_project, who_may
from backend.queries import households
from backend.queries.pages import Portion

doors = Doors("staff_households", "/api/staff/projects")


class HouseholdsQuery(PageQuery):
    """`query` is the beginning of a building, part of a name, or a meter's number."""

    query: OptionalLine = None


class HouseholdAnswer(Answer):
    id: int
    building: str
    unit: str
    room: str
    contact_name: str
    contact_phone: MaskedPhone
    meter_number: str
    application_number: str | None
    changed_at: Moment


@doors.get(
    "/<project_id:int>/households",
    who=who_may("list_households"),
    takes=HouseholdsQuery,
    answers=PageAnswer[HouseholdAnswer],
)
async def list_households(
    call: Call[StaffCaller, HouseholdsQuery], project_id: int
) -> PageAnswer[HouseholdAnswer]:
    """The files of the served households."""
    await on_project(call, "list_households", project_id)
    portion = Portion.asked(call.body.cursor, call.body.limit)
    page = await households.list_households(project_id, call.body.query, portion)
    return PageAnswer[HouseholdAnswer].model_validate(page)
