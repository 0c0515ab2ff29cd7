"""Declares a JSON door once; validation, answer and documentation follow from the same types.

doors = Doors("staff_calls", "/api/staff")

@doors.post("/calls", who=access.staff("hotline_agent"), takes=CallBody, answers=CallAnswer, status=201, once=True)
async def log_call(call: Call[StaffCaller, CallBody]) -> CallAnswer:
    ...
"""

from collections.abc import Awaitable, Callable
from typing import Any, Concatenate, ParamSpec, TypeVar

from pydantic import BaseModel
from sanic import Blueprint, HTTPResponse, Request

from backend.handlers.access import Guard, W
from backend.handlers.calls import Call, Door, How, serve

B = TypeVar("B", bound=BaseModel)
A = TypeVar("A", bound=BaseModel)
P = ParamSpec("P")
Handler = Callable[Concatenate[Call[W, B], P], Awaitable[A]]
Declare = Callable[[Handler[W, B, P, A]], Handler[W, B, P, A]]


class Doors:
    """The doors of one blueprint. `listed` keeps what each says of itself, by its handler's name."""

    def __init__(self, name: str, prefix: str) -> None:
        self.blueprint = Blueprint(name, url_prefix=prefix)
        self.prefix = prefix
        self.listed: dict[str, tuple[Door, str]] = {}

    def get(
        self, path: str, *, who: Guard[W], takes: type[B], answers: type[A], secured: bool = True
    ) -> Declare[W, B, ..., A]:
        """A question; `takes` is what may stand behind the question mark."""
        return self._declare(
            Door(
                method="GET",
                path=path,
                who=who,
                takes=takes,
                how="query",
                answers=answers,
                status=200,
                once=False,
                secured=secured,
            )
        )

    def post(
        self,
        path: str,
        *,
        who: Guard[W],
        takes: type[B],
        answers: type[A],
        status: int = 200,
        once: bool = False,
        how: How = "json",
        secured: bool = True,
    ) -> Declare[W, B, ..., A]:
        """An act. `once` asks for an Idempotency-Key; `how="form"` takes a multipart form; `secured` asks for a token."""
        return self._declare(
            Door(
                method="POST",
                path=path,
                who=who,
                takes=takes,
                how=how,
                answers=answers,
                status=status,
                once=once,
                secured=secured,
            )
        )

    def _declare(self, door: Door) -> Callable[[Callable[..., Awaitable[Any]]], Any]:
        def declare(handler: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
            async def route(request: Request, **places: Any) -> HTTPResponse:
                return await serve(door, handler, request, places)

            name = handler.__name__
            self.blueprint.add_route(route, door.path, methods=[door.method], name=name)
            self.listed[name] = (door, (handler.__doc__ or "").strip())
            return handler

        return declare
