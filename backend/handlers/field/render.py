"""Pages from templates: texts from `pages.toml`, everything escaped, a policy that runs no script but ours."""

from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sanic import HTTPResponse
from sanic import html as answer_html

from backend.rules import wording
from config import policy
from config.assets import ASSETS
from config.messages import texts
from config.messages.pages import pages
from config.messages.texts import words

_HERE = Path(__file__).parent
_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'self'"
)

STATIC: dict[str, Path] = {
    "weui.css": ASSETS["weui.css"],
    "htmx.js": ASSETS["htmx.js"],
    "field.css": _HERE / "static/field.css",
    "field.js": _HERE / "static/field.js",
}
"""What pages may ask for under /m/static."""

_environment = Environment(
    loader=FileSystemLoader(_HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    enable_async=True,
    trim_blocks=True,
    lstrip_blocks=True,
)


async def page(name: str, *, status: int = 200, **context: Any) -> HTTPResponse:
    """The template with its facts; `t` are the texts, `w` the small words."""
    body = await _environment.get_template(name).render_async(t=pages(), w=words(), **context)
    headers = {
        "Content-Security-Policy": _POLICY,
        "Cache-Control": "no-store",
        "Referrer-Policy": "same-origin",
    }
    return answer_html(body, status=status, headers=headers)


def _moment(at: datetime) -> str:
    return wording.say_moment(at, policy.current())


def _input_moment(at: datetime) -> str:
    """As a datetime-local field holds it, in Shanghai."""
    return at.astimezone(policy.current().tz).strftime("%Y-%m-%dT%H:%M")


def _left(left: timedelta) -> str:
    return wording.say_left(left)


def _fill(pattern: str, **facts: object) -> str:
    return texts.fill(pattern, {name: str(fact) for name, fact in facts.items()})


def _map_link(address: str) -> str:
    return texts.fill(pages()["common"]["map_link"], {"address": quote(address)})


def _static(name: str) -> str:
    """The address of a style sheet or script; it changes with the content, so browsers may keep it."""
    return f"/m/static/{name}?v={_version(name)}"


def _version(name: str) -> str:
    path = STATIC[name]
    return sha256(path.read_bytes()).hexdigest()[:8] if path.exists() else "0"


_environment.filters.update(
    moment=_moment,
    input_moment=_input_moment,
    left=_left,
    fill=_fill,
    map_link=_map_link,
    masked=wording.mask_phone,
)
_environment.globals["static"] = {name: _static(name) for name in STATIC}
_environment.globals["hotlines"] = policy.current().hotlines.numbers
