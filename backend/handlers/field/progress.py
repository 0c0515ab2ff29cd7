"""The customer's own page: where the application stands, without a login, for whoever has the signed link."""

from sanic import Blueprint, HTTPResponse, Request

from backend import clock
from backend.gateways import links
from backend.handlers.field.render import page
from backend.handlers.services import services_of
from backend.queries import progress
from config.messages.pages import pages

routes = Blueprint("field_progress", url_prefix="/m/progress")


@routes.get("/<number:str>")
async def show_progress(request: Request, number: str) -> HTTPResponse:
    """Stages, clock, manager, missing papers and what happened."""
    signature = request.args.get("t") or ""
    if not links.opens_progress(number, signature, services_of(request).settings.secret_key):
        return await page("failure.html", status=404, detail=pages()["progress"]["bad_link"], home=False)
    return await page("progress.html", case=await progress.get(number, now=clock.now()))
