"""Papers and photos from staff: taken in, attached, opened."""

from typing import Annotated

from pydantic import Field
from sanic import Blueprint, HTTPResponse, Request

from backend import clock
from backend.actions import audit, documents
from backend.gateways.rate_limits import check_rate
from backend.handlers.access import StaffCaller
from backend.handlers.bodies import Answer, Body, Ids, Name
from backend.handlers.calls import Call
from backend.handlers.doors import Doors
from backend.handlers.file_answers import answer_file
from backend.handlers.services import services_of
from backend.handlers.staff.applications import shown
from backend.handlers.staff.case_answers import StaffApplicationAnswer
from backend.handlers.staff.standing import on_application, who_may
from backend.queries import papers, reach
from config.limits import limits
from config.roles import roles

doors = Doors("staff_documents", "/api/staff")
files = Blueprint("staff_files", url_prefix="/api/staff")


class UploadForm(Body):
    """`kind` is a paper's key of the catalogue, `photo` or `evidence`; `file` is judged by its content."""

    kind: Name
    file: Annotated[bytes, Field(json_schema_extra={"format": "binary"})]


class UploadAnswer(Answer):
    id: int
    kind: str
    content_type: str
    size: int


class AttachBody(Body):
    document_ids: Annotated[Ids, Field(min_length=1)]


@doors.post("/documents", who=who_may("upload"), takes=UploadForm, answers=UploadAnswer, how="form")
async def upload(call: Call[StaffCaller, UploadForm]) -> UploadAnswer:
    """Takes a paper or photo in; it counts once it is attached to a case."""
    allowed = limits().tries.uploads
    await check_rate(call.gateways.redis, f"upload:{call.who.key}", most=allowed.most, per=allowed.within)
    row = await documents.take_in(call.body.kind, call.body.file, files=call.gateways.files, act=call.act)
    return UploadAnswer.model_validate(row)


@doors.post(
    "/applications/<number:str>/documents",
    who=who_may("attach"),
    takes=AttachBody,
    answers=StaffApplicationAnswer,
)
async def attach(call: Call[StaffCaller, AttachBody], number: str) -> StaffApplicationAnswer:
    """Attaches uploaded papers to an application."""
    act = await on_application(call, "attach", number)
    await documents.attach(number, call.body.document_ids, act=act)
    return await shown(call, number)


@files.get("/documents/<document_id:int>")
async def download(request: Request, document_id: int) -> HTTPResponse:
    """A paper or photo of a case within the caller's reach; who opens it is noted."""
    who = await who_may("download")(request)
    role = await reach.role_for_document(document_id, who.member, roles().of("download"))
    act = StaffCaller(member=who.member, role=role).act(now=clock.now(), real_now=clock.real_now())
    found = await papers.get_stored(document_id)
    await audit.note_download(document_id, act=act)
    return await answer_file(found, services_of(request).gateways.files)
