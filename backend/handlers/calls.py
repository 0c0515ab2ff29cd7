"""One request on its way through a door: let in, understood, answered."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Literal, TypeVar

import orjson
from pydantic import BaseModel
from sanic import HTTPResponse, Request

from backend import clock
from backend.actions.act import Act
from backend.actions.idempotency import Answer
from backend.gateways.opening import Gateways
from backend.handlers import once, parsing
from backend.handlers.access import Caller, Guard
from backend.handlers.services import Services, services_of
from backend.rules.errors import NotFound

W_co = TypeVar("W_co", bound=Caller, covariant=True)
B_co = TypeVar("B_co", bound=BaseModel, covariant=True)
How = Literal["json", "form", "query"]

_PARSERS = {"json": parsing.parse_json, "form": parsing.parse_form, "query": parsing.parse_query}
_LARGEST_ID = 2**63 - 1
_LONGEST_NAME = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Call(Generic[W_co, B_co]):
    """One request that was let in and understood. `now` is the regulation's time, `real_now` the machine's; UTC."""

    who: W_co
    body: B_co
    services: Services
    address: str
    now: datetime
    real_now: datetime

    @property
    def act(self) -> Act:
        """The caller's act, for an action."""
        return self.who.act(now=self.now, real_now=self.real_now)

    @property
    def gateways(self) -> Gateways:
        return self.services.gateways


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """A declared door: who may come in, what it takes and how, what it answers."""

    method: str
    path: str
    who: Guard[Any]
    takes: type[BaseModel]
    how: How
    answers: type[BaseModel]
    status: int
    once: bool
    secured: bool


async def serve(
    door: Door, handler: Callable[..., Awaitable[BaseModel]], request: Request, places: dict[str, Any]
) -> HTTPResponse:
    """Lets the caller in, reads the body, calls the handler, answers. `places` are the parameters of the path."""
    who = await door.who(request)
    if door.once:
        once.check_key(request)
    check_places(places)
    call = Call(
        who=who,
        body=_PARSERS[door.how](door.takes, request),
        services=services_of(request),
        address=request.client_ip,
        now=clock.now(),
        real_now=clock.real_now(),
    )

    async def perform() -> Answer:
        answered = await handler(call, **places)
        return Answer(status=door.status, body=answered.model_dump(mode="json"))

    if not door.once:
        return respond(await perform())
    return respond(await once.perform(request, who, call.body, perform, real_now=call.real_now))


def respond(answer: Answer) -> HTTPResponse:
    """JSON that nobody keeps on the way; sorted, so that a stored answer is the first one to the letter."""
    headers = {"Cache-Control": "no-store"}
    return HTTPResponse(
        orjson.dumps(answer.body, option=orjson.OPT_SORT_KEYS), answer.status, headers, "application/json"
    )


def check_places(places: dict[str, Any]) -> None:
    """What the path names can be an id or a name of ours. Raises NotFound."""
    for value in places.values():
        possible = (
            0 < value <= _LARGEST_ID
            if isinstance(value, int)
            else value.isprintable() and len(value) <= _LONGEST_NAME
        )
        if not possible:
            raise NotFound
