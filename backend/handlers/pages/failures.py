"""Routes of pages: what goes wrong in them is answered as a page, not as JSON."""

from collections.abc import Awaitable, Callable

from sanic import Blueprint, HTTPResponse, Request

from backend.handlers import problems
from backend.handlers.calls import check_places
from backend.rules.errors import DomainError

Answer = Callable[[Request, Exception], Awaitable[HTTPResponse]]


def guarded(routes: Blueprint, answer: Answer) -> Blueprint:
    """The same routes; whatever they raise is answered by `answer`."""
    routes.on_request(_check_places)
    routes.exception(Exception)(answer)
    return routes


def sentence_of(error: DomainError) -> str:
    """What a person is told."""
    return problems.sentence_of(error)


async def _check_places(request: Request) -> None:
    check_places(request.match_info)
