"""Forms of our pages: read, performed once however often they are tapped, and shown again with what was typed."""

import hashlib
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel
from sanic import HTTPResponse, Request
from sanic.response import json as json_answer
from sanic.response import redirect

from backend import clock
from backend.actions import idempotency
from backend.actions.idempotency import Answer
from backend.handlers import parsing
from backend.handlers.pages.failures import sentence_of
from backend.handlers.pages.session import ExpiredForm, Visitor, sent
from backend.handlers.problems import InvalidRequest
from backend.rules.errors import DomainError, InvalidField

B = TypeVar("B", bound=BaseModel)

_LISTS = frozenset(
    {"document_ids", "papers", "texts", "placed", "roles", "districts", "manager_ids", "staff_ids"}
)
_LONGEST_TOKEN = 64
_PASSING = frozenset({"form_token", "once", "latitude", "longitude"})
"""Fields that may differ between two taps on one button."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A form that was refused: what was typed, what is wrong with which field, and what to say above it."""

    form: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    message: str = ""

    def value(self, name: str) -> str:
        """What was typed into a field."""
        return str(self.values.get(name, ""))

    @property
    def kept(self) -> list[str]:
        """The photos that were taken already."""
        return list(self.values.get("document_ids", ()))


NOTHING = Draft()


def read(shape: type[B], request: Request) -> B:
    """The form's fields as `shape`; an empty field was not filled in. Raises InvalidRequest."""
    return parsing.validate(shape, typed(request))


def typed(request: Request) -> dict[str, Any]:
    """What was typed, by field."""
    found: dict[str, Any] = {}
    for name, values in (request.form or {}).items():
        filled = [value for value in values if value.strip()]
        if filled:
            found[name] = filled if name in _LISTS else filled[-1]
    return found


async def once(request: Request, who: Visitor, form: str, perform: Callable[[], Awaitable[object]]) -> None:
    """Performs once per form shown; a second tap waits for the first. Raises IdempotencyKeyReused for a changed form."""

    async def performed() -> str:
        await perform()
        return ""

    await once_told(request, who, form, performed)


async def once_told(request: Request, who: Visitor, form: str, perform: Callable[[], Awaitable[str]]) -> str:
    """Likewise; what was done is told again to whoever did not hear it the first time."""
    fields = {name: value for name, value in typed(request).items() if name not in _PASSING}
    token = sent(request, "once")
    if not 0 < len(token) <= _LONGEST_TOKEN:
        raise ExpiredForm
    key = idempotency.Key(
        scope=f"form:{who.member.id}:{form}",
        key=token,
        body_digest=hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest(),
    )

    async def answered() -> Answer:
        return Answer(status=200, body={"told": await perform()})

    return str((await idempotency.once(key, answered, real_now=clock.real_now())).body["told"])


def by_script(request: Request) -> bool:
    """Whether a script of ours sent the form and shows in place what is wrong with it."""
    return request.headers.get("accept") == "application/json"


def led_on(request: Request, path: str, *, said: str | None = None) -> HTTPResponse:
    """Where to go when the form did what it should; a script is told so, with what the page then says."""
    if by_script(request):
        return json_answer({"next": path, "said": said})
    return redirect(path, status=303)


def kept(form: str, request: Request) -> Draft:
    """What was typed, to be shown again beside what came of it."""
    return Draft(form=form, values=typed(request))


def refused(form: str, request: Request, error: DomainError) -> Draft:
    """The form as it is shown again."""
    if isinstance(error, InvalidRequest):
        return Draft(form=form, values=typed(request), faults=dict(error.faults))
    if isinstance(error, InvalidField):
        return Draft(form=form, values=typed(request), faults={error.field: sentence_of(error)})
    return Draft(form=form, values=typed(request), message=sentence_of(error))
