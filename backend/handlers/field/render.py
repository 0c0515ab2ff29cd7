"""The phone pages' templates, with their texts."""

from pathlib import Path
from urllib.parse import quote

from backend.handlers.pages.rendering import Templates
from config.messages import texts
from config.messages.pages import pages

_templates = Templates(Path(__file__).parent / "templates", pages)
page = _templates.page


def _map_link(address: str) -> str:
    return texts.fill(pages()["common"]["map_link"], {"address": quote(address)})


_templates.filters["map_link"] = _map_link
