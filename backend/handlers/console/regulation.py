"""The regulation as the software understands it, for everybody who works by it."""

from functools import cache

from markdown_it import MarkdownIt
from markupsafe import Markup
from sanic import Blueprint, HTTPResponse, Request

from backend.handlers.console import desk
from backend.handlers.console.render import page
from backend.policy import page as policy_page

_HEAD = 6  # tokens of the title and of the note on how the file is made
_ROOM = '<div class="rows" tabindex="0"><table class="table">'

routes = Blueprint("console_regulation", url_prefix="/console/regulation")


@routes.get("/")
async def show(request: Request) -> HTTPResponse:
    """Limits, numbers, papers and steps, each with its clause."""
    who = await desk.visitor(request, "show_regulation")
    return await page(request, who, "admin/regulation.html", content=_content())


@cache
def _content() -> Markup:
    """The page of `python -m backend.policy` below its head, without the diagrams, which a browser cannot draw."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    reader.add_render_rule("table_open", lambda *_: _ROOM)
    reader.add_render_rule("table_close", lambda *_: "</table></div>")
    below_title = reader.parse(policy_page.page())[_HEAD:]
    tokens = [token for token in below_title if token.type != "fence"]
    return Markup(reader.renderer.render(tokens, reader.options, {}))  # noqa: S704  our own words, HTML in them escaped
