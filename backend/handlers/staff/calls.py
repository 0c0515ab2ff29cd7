"""The hotline logs its calls."""

from backend.actions import hotline
from backend.actions.hotline import CallKind, CallNote, Danger
from backend.bots import safety, wording
from backend.handlers.access import StaffCaller
from backend.handlers.bodies import (
    Answer,
    Body,
    MomentIn,
    OptionalLine,
    OptionalName,
    OptionalText,
    Phone,
    Text,
)
from backend.handlers.calls import Call
from backend.handlers.doors import Doors
from backend.handlers.staff.standing import who_may
from config.messages.texts import fill, problems

doors = Doors("staff_calls", "/api/staff")


class CallBody(Body):
    """What was said, what came of it, when to call back, and about which application; of an emergency what and where."""

    caller_phone: Phone
    kind: CallKind
    content: Text
    outcome: OptionalText = None
    callback_at: MomentIn | None = None
    application_number: OptionalName = None
    danger: Danger = "leak"
    address: OptionalLine = None


class LoggedAnswer(Answer):
    """`warning` says that a call logged as something else sounds like danger; `safety` is then what to tell the caller."""

    id: int
    warning: str | None = None
    safety: str | None = None


@doors.post("/calls", who=who_may("log_call"), takes=CallBody, answers=LoggedAnswer, status=201, once=True)
async def log_call(call: Call[StaffCaller, CallBody]) -> LoggedAnswer:
    """Logs a call; an urge or complaint reaches its case, an emergency raises the alarm."""
    body = call.body
    note = CallNote(
        caller_phone=body.caller_phone,
        kind=body.kind,
        content=body.content,
        outcome=body.outcome,
        callback_at=body.callback_at,
        application_number=body.application_number,
        danger=body.danger,
        address=body.address,
    )
    logged = LoggedAnswer.model_validate(await hotline.log_call(note, act=call.act))
    danger = unnoticed_danger(body)
    if danger is None:
        return logged
    warning = fill(problems()["logged_sounds_like_danger"], {"words": danger.words})
    return logged.model_copy(update={"warning": warning, "safety": wording.say("emergency")})


def unnoticed_danger(body: CallBody) -> safety.Danger | None:
    """What sounds like danger in a call that is logged as something else."""
    if body.kind == "emergency":
        return None
    return safety.judge(body.content) or safety.judge(body.outcome or "")
