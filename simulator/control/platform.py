"""The platform's own switches: faults, log, callback manner, time, tokens, templates."""

from datetime import timedelta

from sanic import Blueprint, HTTPResponse, Request

from simulator.control.basics import Wrong, answer, body_of, number_of, world_of

platform = Blueprint("control_platform", url_prefix="/sim")


@platform.get("/faults")
async def faults(request: Request) -> HTTPResponse:
    return answer({"items": world_of(request).faults.every()})


@platform.post("/faults")
async def plan_fault(request: Request) -> HTTPResponse:
    world = world_of(request)
    try:
        fault = world.faults.plan(body_of(request))
    except (ValueError, TypeError) as error:
        raise Wrong(str(error)) from error
    world.live.tell("faults", {})
    return answer(fault.view(), 201)


@platform.delete("/faults")
async def clear_faults(request: Request) -> HTTPResponse:
    world = world_of(request)
    world.faults.clear()
    world.live.tell("faults", {})
    return answer({"items": []})


@platform.delete("/faults/<number:int>")
async def clear_fault(request: Request, number: int) -> HTTPResponse:
    world = world_of(request)
    world.faults.clear(number)
    world.live.tell("faults", {})
    return answer({"items": world.faults.every()})


@platform.get("/calls")
async def calls(request: Request) -> HTTPResponse:
    """Newest `limit` (200) after `after`, oldest first; `path` narrows to one."""
    after, limit = int(number_of(request, "after", 0)), int(number_of(request, "limit", 200))
    return answer({"items": world_of(request).calls.after(after, request.args.get("path"), limit)})


@platform.get("/counters")
async def counters(request: Request) -> HTTPResponse:
    return answer(world_of(request).calls.counters())


@platform.post("/reset")
async def reset(request: Request) -> HTTPResponse:
    world_of(request).reset()
    return answer({"reset": True})


@platform.get("/callbacks")
async def manner(request: Request) -> HTTPResponse:
    return answer(world_of(request).delivery.manner.view())


@platform.patch("/callbacks")
async def change_manner(request: Request) -> HTTPResponse:
    """`mode`, `mini_program_format`, `timeout_seconds`, `pause_seconds`."""
    delivery = world_of(request).delivery
    try:
        delivery.manner = delivery.manner.changed(body_of(request))
    except ValueError as error:
        raise Wrong(str(error)) from error
    return answer(delivery.manner.view())


@platform.get("/clock")
async def clock(request: Request) -> HTTPResponse:
    """The platform's own time, not the regulation's."""
    return answer({"now": world_of(request).now().isoformat()})


@platform.post("/clock")
async def advance(request: Request) -> HTTPResponse:
    """`advance_seconds`: windows, codes, tokens and media grow older; signatures do not."""
    seconds = float(body_of(request).get("advance_seconds") or 0)
    if seconds < 0:
        raise Wrong("the clock goes forward only")
    return answer({"now": world_of(request).clock.advance(timedelta(seconds=seconds)).isoformat()})


@platform.post("/tokens/revoke")
async def revoke_tokens(request: Request) -> HTTPResponse:
    """All tokens issued so far become 40001; a fresh one works."""
    world_of(request).tokens.revoke()
    return answer({"revoked": True})


@platform.get("/templates")
async def templates(request: Request) -> HTTPResponse:
    known = world_of(request).templates.every()
    return answer({"items": [template.view() for template in known]})


@platform.post("/templates")
async def register_template(request: Request) -> HTTPResponse:
    """`template_id`, `kind`, `title`, `content` with lines like 预约时间：{{time1.DATA}}."""
    try:
        template = world_of(request).templates.register(body_of(request))
    except (KeyError, ValueError) as error:
        raise Wrong(f"template: {error}") from error
    return answer(template.view(), 201)
