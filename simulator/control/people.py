"""Persons: who is there, new ones, and the codes their phones hand out."""

from sanic import Blueprint, HTTPResponse, Request

from simulator.control.basics import Wrong, answer, body_of, person_of, world_of
from simulator.memory.codes import Purpose

people = Blueprint("control_people", url_prefix="/sim/users")
_PURPOSES = {"login-code": Purpose.LOGIN, "phone-code": Purpose.PHONE}


@people.get("/")
async def everyone(request: Request) -> HTTPResponse:
    return answer({"items": [person.view() for person in world_of(request).people.everyone()]})


@people.post("/")
async def create(request: Request) -> HTTPResponse:
    world = world_of(request)
    try:
        person = world.people.add(body_of(request))
    except ValueError as error:
        raise Wrong(str(error), status_code=409) from error
    world.told(person)
    return answer(person.view(), 201)


@people.get("/<key:str>")
async def one(request: Request, key: str) -> HTTPResponse:
    return answer(person_of(request, key).view())


@people.patch("/<key:str>")
async def change(request: Request, key: str) -> HTTPResponse:
    """`name`, `phone`, `refuses`, and `follows` without an event."""
    person, body = person_of(request, key), body_of(request)
    person.name = str(body.get("name", person.name))
    person.phone = str(body.get("phone", person.phone))
    person.refuses = bool(body.get("refuses", person.refuses))
    person.follows = bool(body.get("follows", person.follows))
    world_of(request).told(person)
    return answer(person.view())


@people.post("/<key:str>/<purpose:(login-code|phone-code)>")
async def code(request: Request, key: str, purpose: str) -> HTTPResponse:
    """What wx.login or the phone-number button gives: serves once, five minutes."""
    world = world_of(request)
    issued = world.codes.issue(person_of(request, key), _PURPOSES[purpose], now=world.now())
    return answer({"code": issued})


@people.post("/<key:str>/oauth-code")
async def web_code(request: Request, key: str) -> HTTPResponse:
    """A web-login code; `scope` snsapi_base (default) or snsapi_userinfo."""
    world = world_of(request)
    scoped = body_of(request).get("scope") == "snsapi_userinfo"
    purpose = Purpose.WEB_USERINFO if scoped else Purpose.WEB
    return answer({"code": world.codes.issue(person_of(request, key), purpose, now=world.now())})


@people.get("/<key:str>/menu")
async def menu(request: Request, key: str) -> HTTPResponse:
    return answer({"button": world_of(request).menus.shown_to(person_of(request, key))})


@people.get("/<key:str>/grants")
async def grants(request: Request, key: str) -> HTTPResponse:
    """Subscribe messages that may still be sent, per app and template id."""
    person, known = person_of(request, key), world_of(request).grants
    return answer({kind.value: known.left(kind, openid) for kind, openid in person.openids.items()})
