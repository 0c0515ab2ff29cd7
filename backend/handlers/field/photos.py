"""Photos and papers from the phone's camera: taken in as soon as they are chosen, shown to those who may see the case."""

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import json

from backend.actions import audit, documents
from backend.gateways.rate_limits import check_rate
from backend.handlers import parsing
from backend.handlers.access import acting_as
from backend.handlers.file_answers import answer_file
from backend.handlers.pages import forms, session
from backend.handlers.services import services_of
from backend.handlers.staff.documents import UploadForm
from backend.queries import papers, reach
from config.limits import limits
from config.roles import roles

routes = Blueprint("field_photos", url_prefix="/m")


@routes.post("/photos")
async def take_photo(request: Request) -> HTTPResponse:
    """Keeps one photo, once however often the phone had to send it; the answer names it."""
    who = await session.sender(request)
    role = acting_as(who.member, roles().of("upload")).role
    gateways, allowed = services_of(request).gateways, limits().tries.uploads
    await check_rate(gateways.redis, f"upload:staff:{who.member.id}", most=allowed.most, per=allowed.within)
    form = parsing.parse_form(UploadForm, request)

    async def keep() -> str:
        row = await documents.take_in(form.kind, form.file, files=gateways.files, act=who.act_now(role))
        return str(row.id)

    return json(
        {"id": int(await forms.once_told(request, who, "photo", keep))}, headers={"Cache-Control": "no-store"}
    )


@routes.get("/documents/<document_id:int>")
async def show_document(request: Request, document_id: int) -> HTTPResponse:
    """A photo or paper; who opens it is noted."""
    who = await session.visitor(request)
    role = await reach.role_for_document(document_id, who.member, roles().of("download"))
    found = await papers.get_stored(document_id)
    await audit.note_download(document_id, act=who.act_now(role))
    return await answer_file(found, services_of(request).gateways.files)
