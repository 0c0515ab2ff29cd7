"""Staff log in, and bind their WeChat."""

from typing import Annotated

from pydantic import Field

from backend.actions import staff_access
from backend.actions.staff_access import Scene
from backend.gateways.opening import Gateways
from backend.handlers import access, staff_tokens, tokens
from backend.handlers.access import Anyone, StaffCaller
from backend.handlers.bodies import Answer, Body, Checked, Moment, NoBody
from backend.handlers.calls import Call
from backend.handlers.doors import Doors
from backend.handlers.staff import passwords
from backend.handlers.staff.standing import who_may
from backend.handlers.tries import counted
from backend.rules.errors import WrongCredentials

doors = Doors("staff_sessions", "/api/staff")


class LoginBody(Body):
    login: Annotated[str, Field(min_length=1, max_length=40), Checked]
    password: Annotated[str, Field(min_length=1, max_length=200, repr=False)]


class MemberAnswer(Answer):
    id: int
    login: str
    name: str
    roles: list[str]
    department: str


class SessionAnswer(Answer):
    """`expires_in` is in seconds."""

    token: str
    expires_in: int
    staff: MemberAnswer


class BindingAnswer(Answer):
    """`url` is what the QR code says, `picture_url` the code to scan; `expires_at` is real time."""

    scene: str
    url: str
    picture_url: str
    expires_at: Moment


@doors.post("/session", who=access.anyone, takes=LoginBody, answers=SessionAnswer, secured=False)
async def log_in(call: Call[Anyone, LoginBody]) -> SessionAnswer:
    """A token for a member of staff."""
    login = call.body.login
    async with counted(
        call.gateways.redis, name=f"staff:{login}", address=call.address, failures=(WrongCredentials,)
    ):
        member = await passwords.check(login, call.body.password)
    return SessionAnswer(
        token=staff_tokens.token_for(member, call.services.settings),
        expires_in=int(tokens.life_of("staff").total_seconds()),
        staff=MemberAnswer.model_validate(member),
    )


@doors.post("/wechat-binding", who=who_may("bind_wechat"), takes=NoBody, answers=BindingAnswer)
async def bind_wechat(call: Call[StaffCaller, NoBody]) -> BindingAnswer:
    """A QR code that binds the WeChat of whoever scans it to this member, once."""
    scene = await staff_access.open_scene(call.who.id, real_now=call.real_now)
    return await binding_code(scene, call.gateways)


async def binding_code(scene: Scene, gateways: Gateways) -> BindingAnswer:
    """The platform's code of a scene. Raises WeChatTrouble."""
    code = await gateways.official_account.create_scene_qr(scene.scene, staff_access.SCENE_LIFE)
    return BindingAnswer(
        scene=scene.scene, url=code.url, picture_url=code.picture_url, expires_at=scene.expires_at
    )
