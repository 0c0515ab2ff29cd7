"""What a list's form asks in the address bar, and the address that asks it again."""

from typing import TypeVar
from urllib.parse import urlencode

from sanic import Request

from backend.handlers import parsing
from backend.handlers.bodies import PageQuery

Q = TypeVar("Q", bound=PageQuery)


def asked(shape: type[Q], request: Request) -> Q:
    """The question; an empty field asks nothing. Raises InvalidRequest."""
    return parsing.validate(shape, filled(request))


def filled(request: Request) -> dict[str, str]:
    """The fields that ask something, by name."""
    return {name: values[-1] for name, values in request.args.items() if values[-1].strip()}


def address(path: str, question: PageQuery) -> str:
    """The same question from its first page on."""
    asks = question.model_dump(mode="json", exclude={"cursor"}, exclude_none=True, exclude_defaults=True)
    return f"{path}?{urlencode(asks)}" if asks else path
