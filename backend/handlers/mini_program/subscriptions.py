"""Which messages the customer wants to receive."""

from typing import Annotated

from pydantic import Field

from backend.actions import consents
from backend.handlers import access
from backend.handlers.access import CustomerCaller
from backend.handlers.bodies import Answer, Body
from backend.handlers.calls import Call
from backend.handlers.doors import Doors
from backend.queries import catalogue
from backend.rules.errors import InvalidField

doors = Doors("mini_program_subscriptions", "/api/mp")

_CHOICES = {
    "accept": "accept",
    "acceptWithAudio": "accept",
    "acceptWithAlert": "accept",
    "acceptWithForcePush": "accept",
    "reject": "reject",
    "ban": "ban",
    "filter": "ban",
}
"""The platform's words → ours; `filter` is a template the platform itself holds back."""

Key = Annotated[str, Field(max_length=64)]
Choice = Annotated[str, Field(max_length=100)]


class SubscriptionsBody(Body):
    """The result of wx.requestSubscribeMessage as it is; what is no template of ours is passed over."""

    results: Annotated[dict[Key, Choice], Field(max_length=50)]


class SubscriptionsAnswer(Answer):
    """What was noted."""

    results: dict[str, str]


@doors.post("/subscriptions", who=access.customer, takes=SubscriptionsBody, answers=SubscriptionsAnswer)
async def note_subscriptions(call: Call[CustomerCaller, SubscriptionsBody]) -> SubscriptionsAnswer:
    """Notes which messages may be sent: one for each accepted template."""
    ours = catalogue.read().subscribe_template_ids
    choices = {key: _read(key, choice) for key, choice in call.body.results.items() if key in ours}
    await consents.note_client(call.who.id, choices, real_now=call.real_now)
    return SubscriptionsAnswer(results=choices)


def _read(key: str, choice: str) -> str:
    if choice not in _CHOICES:
        raise InvalidField(field=f"results.{key}", sentence="field_literal_error")
    return _CHOICES[choice]
