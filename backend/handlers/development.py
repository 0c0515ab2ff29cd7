"""The development clock: moves the regulation's time for every process alike. Not there in production."""

from datetime import datetime, timedelta
from typing import Annotated

from pydantic import Field

from backend import clock
from backend.actions import development_clock
from backend.handlers import access
from backend.handlers.access import Anyone
from backend.handlers.bodies import Answer, Body, Moment, MomentIn, NoBody
from backend.handlers.calls import Call
from backend.handlers.doors import Doors
from backend.rules.errors import InvalidField

doors = Doors("development", "/api/dev")

_FIFTY_YEARS = 50 * 365 * 86400


class ClockBody(Body):
    """An instant that lies ahead, or a span."""

    at: MomentIn | None = None
    advance_seconds: Annotated[float | None, Field(ge=0, le=_FIFTY_YEARS, allow_inf_nan=False)] = None


class ClockAnswer(Answer):
    now: Moment


@doors.get("/clock", who=access.anyone, takes=NoBody, answers=ClockAnswer, secured=False)
async def read_clock(call: Call[Anyone, NoBody]) -> ClockAnswer:
    """The regulation's time."""
    return ClockAnswer(now=call.now)


@doors.post("/clock", who=access.anyone, takes=ClockBody, answers=ClockAnswer, secured=False)
async def move_clock(call: Call[Anyone, ClockBody]) -> ClockAnswer:
    """Moves the regulation's time forward."""
    clock.set_ahead(await _move(call.body, call.real_now))
    return ClockAnswer(now=clock.now())


async def _move(body: ClockBody, real_now: datetime) -> timedelta:
    if body.at is not None:
        return await development_clock.move_to(body.at, real_now=real_now)
    if body.advance_seconds is None:
        raise InvalidField(field="advance_seconds", sentence="field_missing")
    return await development_clock.advance(timedelta(seconds=body.advance_seconds))
