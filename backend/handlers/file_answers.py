"""How a stored file leaves the house: as what its content was judged to be, and never as a page."""

from sanic import HTTPResponse

from backend.gateways.files import FileStore
from backend.queries.papers import StoredPaper
from backend.rules.errors import NotFound

_SHOWN = frozenset({"image/jpeg", "image/png", "image/webp"})
"""What a browser may show in place; everything else is saved."""


async def answer_file(paper: StoredPaper, files: FileStore) -> HTTPResponse:
    """The file itself. Raises NotFound when it has gone from the disk."""
    try:
        content = await files.read(paper.path)
    except FileNotFoundError:
        raise NotFound from None
    place = "inline" if paper.content_type in _SHOWN else "attachment"
    ending = paper.content_type.rpartition("/")[2]
    headers = {
        "Content-Disposition": f'{place}; filename="{paper.id}.{ending}"',
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox",
        "Cache-Control": "private, no-store",
    }
    return HTTPResponse(content, headers=headers, content_type=paper.content_type)
