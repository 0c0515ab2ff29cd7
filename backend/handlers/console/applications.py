"""Applications at the desk: find one, read its whole file."""

from typing import Annotated

from pydantic import Field
from sanic import Blueprint, HTTPResponse, Request

from backend import clock
from backend.actions import audit
from backend.handlers.bodies import Body, Id, OptionalLine, OptionalName, PageQuery
from backend.handlers.console import case_page, desk, lists
from backend.handlers.console.render import page
from backend.handlers.file_answers import answer_file
from backend.handlers.services import services_of
from backend.queries import papers, reach, staff_cases
from backend.queries.pages import Portion
from backend.queries.staff_cases import Search
from config.roles import roles

routes = Blueprint("console_applications", url_prefix="/console")


class CasesForm(Body):
    """What the list's form asks; an empty field asks nothing."""

    query: OptionalLine = None
    stage: OptionalName = None
    kind: OptionalName = None
    channel: OptionalName = None
    manager: Annotated[Id | None, Field(default=None)] = None
    late: bool = False
    nobody: bool = False

    def search(self) -> Search:
        """The same as the query takes it."""
        return Search(
            text=self.query,
            stage=self.stage,
            kind=self.kind,
            channel=self.channel,
            manager_id=self.manager,
            late=self.late,
            nobody=self.nobody,
        )


class CasesQuery(CasesForm, PageQuery):
    """A portion of it."""


@routes.get("/applications")
async def list_applications(request: Request) -> HTTPResponse:
    """Those within the visitor's reach, newest first."""
    who = await desk.visitor(request, "list_applications")
    asked = lists.asked(CasesQuery, request)
    found = await staff_cases.list_cases(
        who.member,
        roles().of("list_applications"),
        asked.search(),
        Portion.asked(asked.cursor, asked.limit),
        now=clock.now(),
    )
    address = lists.address("/console/applications", asked)
    return await page(
        request,
        who,
        "applications/list.html",
        found=found,
        asked=asked,
        managers=await staff_cases.managers(),
        address=address,
    )


@routes.get("/applications/<number:str>")
async def show_application(request: Request, number: str) -> HTTPResponse:
    """One application with its whole file; who reads it is noted."""
    who = await desk.visitor(request, "show_application")
    role = await reach.role_for_application(number, who.member, roles().of("show_application"))
    await audit.note_reading(number, act=who.act_now(role))
    return await case_page.show(request, who, number)


@routes.get("/documents/<document_id:int>")
async def show_document(request: Request, document_id: int) -> HTTPResponse:
    """A photo or paper; who opens it is noted."""
    who = await desk.visitor(request, "download")
    role = await reach.role_for_document(document_id, who.member, roles().of("download"))
    found = await papers.get_stored(document_id)
    await audit.note_download(document_id, act=who.act_now(role))
    return await answer_file(found, services_of(request).gateways.files)
