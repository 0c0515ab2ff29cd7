"""Serving a door: faults, method, body, token, log."""

import asyncio
from dataclasses import dataclass
from typing import Any, cast

import orjson
from sanic import HTTPResponse, Request
from sanic.response import html, raw

from simulator.clock import seconds
from simulator.doors.door import Answer, Call, Door
from simulator.errors import PlatformError
from simulator.memory.calls import Entry
from simulator.memory.faults import Fault, Planned
from simulator.memory.media import File
from simulator.settings import Kind
from simulator.world import World

_REFUSALS = {Fault.BUSY: -1, Fault.LIMIT: 45009, Fault.INVALID_TOKEN: 40001, Fault.EXPIRED_TOKEN: 42001}
_TOKEN_FAULTS = frozenset({Fault.INVALID_TOKEN, Fault.EXPIRED_TOKEN})
_BEFORE = frozenset({Fault.ERROR, Fault.SLOW, Fault.DOWN, Fault.RESET, Fault.NON_JSON, *_REFUSALS})
_AFTER = frozenset({Fault.LOST_ANSWER, Fault.LATE_ANSWER})
_WECOM_CODES = {40001: 40014}  # WeCom says 40014 for a token it does not know


@dataclass(slots=True, kw_only=True)
class _Served:
    status: int = 200
    answer: Answer | str = ""
    broken: bool = False
    fault: str = ""

    @property
    def errcode(self) -> int:
        return int(self.answer.get("errcode", 0)) if isinstance(self.answer, dict) else 0


async def serve(world: World, door: Door, request: Request) -> HTTPResponse:
    """One call from arrival to log entry."""
    started = seconds()
    body, unreadable = _read_body(door, request)
    names = _names(world, body)
    served = _Served()
    await _before(world, door, names, served)
    if served.answer == "" and not served.broken:
        served.answer = _answer(world, door, request, body, unreadable=unreadable)
        await _after(world, door, names, served)
    _write_down(world, request, body, served, started)
    return _respond(request, served)


def _read_body(door: Door, request: Request) -> tuple[dict[str, Any], PlatformError | None]:
    """JSON whatever the Content-Type says: real clients send none."""
    if request.method != "POST" or door.takes_upload:
        return {}, None
    if not request.body:
        return {}, PlatformError(44002)
    try:
        body = orjson.loads(request.body)
    except orjson.JSONDecodeError:
        return {}, PlatformError(47001)
    return (body, None) if isinstance(body, dict) else ({}, PlatformError(47001))


def _names(world: World, body: dict[str, Any]) -> frozenset[str]:
    openid = str(body.get("touser") or "")
    person = world.people.find(openid) if openid else None
    return frozenset({openid, person.key}) if person else frozenset({openid})


async def _before(world: World, door: Door, names: frozenset[str], served: _Served) -> None:
    kinds = _BEFORE if door.wants else _BEFORE - _TOKEN_FAULTS
    planned = world.faults.take(door.path, kinds, names)
    if planned is None:
        return
    served.fault = planned.kind.value
    if planned.kind is Fault.SLOW:
        await asyncio.sleep(planned.seconds)
    elif planned.kind is Fault.DOWN:
        served.status, served.answer = 503, "Service Unavailable"
    elif planned.kind is Fault.RESET:
        served.status, served.broken = 0, True
    elif planned.kind is Fault.NON_JSON:
        served.answer = "<html><body>502 Bad Gateway</body></html>"
    else:
        served.answer = PlatformError(_code_of(planned, door)).body()


def _code_of(planned: Planned, door: Door) -> int:
    code = _REFUSALS.get(planned.kind, planned.errcode)
    return _WECOM_CODES.get(code, code) if door.wants == frozenset({Kind.WECOM}) else code


def _answer(
    world: World, door: Door, request: Request, body: dict[str, Any], *, unreadable: PlatformError | None
) -> Answer:
    try:
        if request.method != door.method:
            raise PlatformError(43002)
        query = {name: values[0] for name, values in request.args.items()}
        account = None
        if door.wants:
            account = world.tokens.check(query.get("access_token"), now=world.now())
            if account.kind not in door.wants:
                raise PlatformError(48001)
        if unreadable:
            raise unreadable
        return door.serve(
            world,
            Call(
                now=world.now(),
                path=door.path,
                query=query,
                body=body,
                upload=_upload(request) if door.takes_upload else None,
                account=account,
            ),
        )
    except PlatformError as error:
        if door.wants == frozenset({Kind.WECOM}):
            error.code = _WECOM_CODES.get(error.code, error.code)
        return error.body()


def _upload(request: Request) -> File | None:
    files = request.files.get("media") if request.files else None
    if files is None:
        return None
    return File(content=files.body, content_type=files.type, name=files.name)


async def _after(world: World, door: Door, names: frozenset[str], served: _Served) -> None:
    planned = world.faults.take(door.path, _AFTER, names)
    if planned is None:
        return
    served.fault = planned.kind.value
    if planned.kind is Fault.LOST_ANSWER:
        served.status, served.broken = 0, True
    else:
        await asyncio.sleep(planned.seconds)


def _write_down(
    world: World, request: Request, body: dict[str, Any], served: _Served, started: float
) -> None:
    shown = {name: values[0] for name, values in request.args.items() if name != "access_token"}
    is_file = isinstance(served.answer, File)
    entry = Entry(
        direction="in",
        method=request.method,
        path=request.path,
        status=served.status,
        errcode=served.errcode,
        milliseconds=round((seconds() - started) * 1000, 1),
        fault=served.fault,
        request={**shown, **body},
        answer="[file]" if is_file else served.answer,
    )
    world.calls.add(entry, now=world.now())


def _respond(request: Request, served: _Served) -> HTTPResponse:
    answer = served.answer
    if served.broken:
        # not close(): that would first send what Sanic has already written
        cast("asyncio.WriteTransport", request.transport).abort()
        return raw(b"")
    if isinstance(answer, File):
        headers = {"Content-Disposition": f'attachment; filename="{answer.name}"'} if answer.name else {}
        return raw(answer.content, content_type=answer.content_type, headers=headers)
    if isinstance(answer, str):
        return html(answer, status=served.status)
    return raw(orjson.dumps(answer), content_type="application/json; encoding=utf-8")
