"""What every control handler needs: the world, the person named in the path, a body, an answer."""

from typing import Any

import orjson
from sanic import HTTPResponse, Request
from sanic.exceptions import SanicException
from sanic.response import raw

from simulator.memory.people import Person
from simulator.world import World


class Wrong(SanicException):
    """The caller of the control API made a mistake: 400 with a sentence."""

    status_code = 400
    quiet = True


def world_of(request: Request) -> World:
    world: World = request.app.ctx.world
    return world


def person_of(request: Request, key: str) -> Person:
    """By key, openid, unionid or WeCom user id. Raises a 404."""
    person = world_of(request).people.find(key)
    if person is None:
        raise Wrong(f"nobody is called {key}", status_code=404)
    return person


def body_of(request: Request) -> dict[str, Any]:
    """The JSON object sent, empty when nothing was. Raises Wrong for anything else."""
    if not request.body:
        return {}
    try:
        body = orjson.loads(request.body)
    except orjson.JSONDecodeError as error:
        raise Wrong("the body is not JSON") from error
    if not isinstance(body, dict):
        raise Wrong("the body is not a JSON object")
    return body


def answer(value: Any, status: int = 200) -> HTTPResponse:
    """JSON; numbers over 2^53 as they are."""
    return raw(orjson.dumps(value, default=str), status=status, content_type="application/json")


def number_of(request: Request, name: str, default: float) -> float:
    """A number from the query. Raises Wrong when it is none."""
    try:
        return float(request.args.get(name) or default)
    except ValueError as error:
        raise Wrong(f"{name} is not a number") from error
