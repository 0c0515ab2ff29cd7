"""Projects from lead to the designer's desk: find, read, visit, bring papers, hand off, pause (§1.1-1, §2.1-1, §1.2-3)."""

from typing import Annotated

from pydantic import Field

from backend.actions import audit, projects, visits
from backend.handlers.access import StaffCaller
from backend.handlers.bodies import Body, Id, Ids, NoBody, OptionalLine, OptionalName, PageAnswer, PageQuery
from backend.handlers.calls import Call
from backend.handlers.doors import Doors
from backend.handlers.staff.clock_pauses import PauseBody, ResumeBody
from backend.handlers.staff.project_answers import ProjectSummaryAnswer, StaffProjectAnswer
from backend.handlers.staff.standing import on_project, who_may
from backend.handlers.staff.visits import BookBody, VisitAnswer
from backend.queries import project_desks
from backend.queries import projects as files
from backend.queries.pages import Portion
from backend.queries.project_desks import ProjectSearch
from config.roles import roles

doors = Doors("staff_projects", "/api/staff/projects")


class ProjectsQuery(PageQuery):
    """`query` is part of a site's name or address, or an application's number."""

    query: OptionalLine = None
    stage: OptionalName = None


class PapersBody(Body):
    document_ids: Annotated[Ids, Field(min_length=1)]


class HandOffBody(Body):
    """Papers that come with it, and a designer other than the one with the least to do."""

    document_ids: Ids = ()
    designer_id: Id | None = None


@doors.get("/", who=who_may("list_projects"), takes=ProjectsQuery, answers=PageAnswer[ProjectSummaryAnswer])
async def list_projects(call: Call[StaffCaller, ProjectsQuery]) -> PageAnswer[ProjectSummaryAnswer]:
    """The projects within the caller's reach, newest first."""
    page = await project_desks.list_projects(
        call.who.member,
        roles().of("list_projects"),
        ProjectSearch(text=call.body.query, stage=call.body.stage),
        Portion.asked(call.body.cursor, call.body.limit),
        now=call.now,
    )
    return PageAnswer[ProjectSummaryAnswer].model_validate(page)


@doors.get("/<project_id:int>", who=who_may("show_project"), takes=NoBody, answers=StaffProjectAnswer)
async def show_project(call: Call[StaffCaller, NoBody], project_id: int) -> StaffProjectAnswer:
    """One project with its whole file; who reads it is noted."""
    act = await on_project(call, "show_project", project_id)
    await audit.note_project_reading(project_id, act=act)
    return await shown(call, project_id)


@doors.post(
    "/<project_id:int>/visits",
    who=who_may("book_project_visit"),
    takes=BookBody,
    answers=VisitAnswer,
    status=201,
)
async def book_project_visit(call: Call[StaffCaller, BookBody], project_id: int) -> VisitAnswer:
    """Books the manager's visit or the designer's survey, or moves the one that is booked."""
    act = await on_project(call, "book_project_visit", project_id)
    return VisitAnswer.model_validate(await visits.book_for_project(project_id, call.body.at, act=act))


@doors.post(
    "/<project_id:int>/documents",
    who=who_may("bring_papers"),
    takes=PapersBody,
    answers=StaffProjectAnswer,
)
async def bring_papers(call: Call[StaffCaller, PapersBody], project_id: int) -> StaffProjectAnswer:
    """Puts uploaded papers of the site into its file."""
    act = await on_project(call, "bring_papers", project_id)
    await projects.capture(project_id, call.body.document_ids, act=act)
    return await shown(call, project_id)


@doors.post(
    "/<project_id:int>/hand-off", who=who_may("hand_off"), takes=HandOffBody, answers=StaffProjectAnswer
)
async def hand_off(call: Call[StaffCaller, HandOffBody], project_id: int) -> StaffProjectAnswer:
    """Passes the site to the designer; the design clock, for shops also the project's, begins."""
    act = await on_project(call, "hand_off", project_id)
    body = call.body
    await projects.hand_off(project_id, act=act, document_ids=body.document_ids, designer_id=body.designer_id)
    return await shown(call, project_id)


@doors.post(
    "/<project_id:int>/pause", who=who_may("pause_project"), takes=PauseBody, answers=StaffProjectAnswer
)
async def pause_project(call: Call[StaffCaller, PauseBody], project_id: int) -> StaffProjectAnswer:
    """All clocks of the project stand still at once."""
    act = await on_project(call, "pause_project", project_id)
    body = call.body
    await projects.pause(project_id, body.reason, body.note, act=act, document_ids=body.document_ids)
    return await shown(call, project_id)


@doors.post(
    "/<project_id:int>/resume", who=who_may("resume_project"), takes=ResumeBody, answers=StaffProjectAnswer
)
async def resume_project(call: Call[StaffCaller, ResumeBody], project_id: int) -> StaffProjectAnswer:
    """The project's clocks run again."""
    act = await on_project(call, "resume_project", project_id)
    await projects.resume(project_id, call.body.note, act=act)
    return await shown(call, project_id)


async def shown(call: Call[StaffCaller, Body], project_id: int) -> StaffProjectAnswer:
    """The project as it is after what was just done to it."""
    return StaffProjectAnswer.model_validate(await files.get(project_id, now=call.now))
