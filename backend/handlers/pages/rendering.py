"""Pages from templates: texts from `config/messages`, everything escaped, a policy that runs no script but ours."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sanic import HTTPResponse
from sanic import html as answer_html

from backend.handlers.pages import assets
from backend.rules import wording
from config import policy
from config.messages import texts
from config.messages.texts import words

Texts = Mapping[str, Mapping[str, str]]

_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'self'"
)


class Templates:
    """The templates of one folder; in them `t` are the texts, `w` the small words, `static` gives an asset's address."""

    def __init__(self, folder: Path, page_texts: Callable[[], Texts]) -> None:
        self._texts = page_texts
        self._environment = Environment(
            loader=FileSystemLoader(folder),
            autoescape=True,
            undefined=StrictUndefined,
            enable_async=True,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.filters = self._environment.filters
        self.filters.update(
            moment=_moment, input_moment=_input_moment, left=_left, fill=_fill, masked=wording.mask_phone
        )
        self._environment.globals.update(static=assets.address, hotlines=policy.current().hotlines.numbers)

    async def render(self, name: str, **context: Any) -> str:
        """The template with its facts."""
        template = self._environment.get_template(name)
        return await template.render_async(t=self._texts(), w=words(), **context)

    async def page(self, name: str, *, status: int = 200, **context: Any) -> HTTPResponse:
        """The template as an answer that nobody keeps on the way."""
        return answer(await self.render(name, **context), status=status)


def answer(body: str, *, status: int = 200) -> HTTPResponse:
    """A finished page with the headers of all our pages."""
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
