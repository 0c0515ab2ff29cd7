"""Papers from the customer's phone: uploaded first, attached then."""

from typing import Annotated

from pydantic import Field

from backend.actions import documents
from backend.gateways.rate_limits import check_rate
from backend.handlers import access
from backend.handlers.access import CustomerCaller
from backend.handlers.bodies import Answer, Body, Ids, Name
from backend.handlers.calls import Call
from backend.handlers.doors import Doors
from backend.handlers.progress_answers import ApplicationAnswer
from backend.queries import my_applications, progress
from config.limits import limits

doors = Doors("mini_program_documents", "/api/mp")


class UploadForm(Body):
    """`kind` is a paper's key of the catalogue; `file` is judged by its content."""

    kind: Name
    file: Annotated[bytes, Field(json_schema_extra={"format": "binary"})]


class UploadAnswer(Answer):
    id: int
    kind: str
    content_type: str
    size: int


class AttachBody(Body):
    document_ids: Annotated[Ids, Field(min_length=1)]


@doors.post("/documents", who=access.customer, takes=UploadForm, answers=UploadAnswer, how="form")
async def upload(call: Call[CustomerCaller, UploadForm]) -> UploadAnswer:
    """Takes a paper in; it counts once it is attached to an application."""
    allowed = limits().tries.uploads
    await check_rate(call.gateways.redis, f"upload:{call.who.key}", most=allowed.most, per=allowed.within)
    row = await documents.take_in(call.body.kind, call.body.file, files=call.gateways.files, act=call.act)
    return UploadAnswer.model_validate(row)


@doors.post(
    "/applications/<number:str>/documents", who=access.customer, takes=AttachBody, answers=ApplicationAnswer
)
async def attach(call: Call[CustomerCaller, AttachBody], number: str) -> ApplicationAnswer:
    """Attaches uploaded papers to an application."""
    await my_applications.check_own(number, call.who.id)
    await documents.attach(number, call.body.document_ids, act=call.act)
    return ApplicationAnswer.model_validate(await progress.get(number, now=call.now))
