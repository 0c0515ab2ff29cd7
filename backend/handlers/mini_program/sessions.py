"""Logging in with wx.login's code, and proving a phone number."""

from typing import Annotated

from pydantic import Field

from backend.actions import people
from backend.actions.people import Identity
from backend.gateways.wechat.refusals import BlockedUser, CodeInvalid
from backend.handlers import access, tokens
from backend.handlers.access import Anyone, CustomerCaller
from backend.handlers.bodies import Answer, Body, Checked, MaskedPhone
from backend.handlers.calls import Call
from backend.handlers.doors import Doors
from backend.handlers.tokens import Holder
from backend.handlers.tries import counted
from backend.queries import callers

doors = Doors("mini_program_sessions", "/api/mp")

_FAILURES = (CodeInvalid, BlockedUser)


class CodeBody(Body):
    """A one-time code of the platform, as the client got it."""

    code: Annotated[str, Field(min_length=1, max_length=512), Checked]


class CustomerAnswer(Answer):
    """`phone` is the verified one, masked, null while there is none."""

    id: int
    name: str | None
    phone: MaskedPhone | None


class SessionAnswer(Answer):
    """`expires_in` is in seconds."""

    token: str
    expires_in: int
    customer: CustomerAnswer


class PhoneAnswer(Answer):
    phone: MaskedPhone


@doors.post("/session", who=access.anyone, takes=CodeBody, answers=SessionAnswer, secured=False)
async def log_in(call: Call[Anyone, CodeBody]) -> SessionAnswer:
    """A token for whoever wx.login's code belongs to."""
    async with counted(call.gateways.redis, address=call.address, failures=_FAILURES):
        session = await call.gateways.mini_program.code_to_session(call.body.code)
    identity = Identity(app="mini_program", openid=session.openid, unionid=session.unionid)
    customer_id = (await people.identify(identity, now=call.now)).id
    return SessionAnswer(
        token=tokens.issue("customer", Holder(id=customer_id, version=0), call.services.settings),
        expires_in=int(tokens.life_of("customer").total_seconds()),
        customer=CustomerAnswer.model_validate(await callers.get_customer(customer_id)),
    )


@doors.post("/phone", who=access.customer, takes=CodeBody, answers=PhoneAnswer)
async def prove_phone(call: Call[CustomerCaller, CodeBody]) -> PhoneAnswer:
    """The platform vouches for the phone behind getPhoneNumber's code."""
    async with counted(call.gateways.redis, address=call.address, failures=_FAILURES, name=call.who.key):
        phone = await call.gateways.mini_program.phone_number(call.body.code)
    await people.verify_phone(call.who.id, phone, now=call.now)
    return PhoneAnswer(phone=phone)
