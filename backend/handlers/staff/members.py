"""Administrators manage staff: accounts, roles, passwords, bindings; every change is noted (contract: staff and settings, not cases)."""

from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from backend.actions import members, staff_access
from backend.handlers.access import StaffCaller
from backend.handlers.bodies import (
    Answer,
    Body,
    Checked,
    MaskedPhone,
    Moment,
    Name,
    NoBody,
    OptionalName,
    PageAnswer,
    PageQuery,
    Phone,
)
from backend.handlers.calls import Call
from backend.handlers.doors import Doors
from backend.handlers.staff import passwords
from backend.handlers.staff.assignments import HandedOverAnswer
from backend.handlers.staff.sessions import BindingAnswer, binding_code
from backend.handlers.staff.standing import who_may
from backend.queries import staff_directory
from backend.queries.pages import Portion
from backend.rules.staffing import Profile
from config.limits import limits
from config.roles import Department, StaffRole

doors = Doors("staff_members", "/api/staff/members")


def _check_length(password: str) -> str:
    shortest = limits().passwords.shortest
    if len(password) < shortest:
        raise PydanticCustomError("password_short", "too short", {"shortest": shortest})
    return password


_Password = Annotated[str, Field(max_length=200, repr=False), AfterValidator(_check_length)]


class MembersQuery(PageQuery):
    words: OptionalName = None
    role: StaffRole | None = None
    active: bool = True


class PasswordBody(Body):
    password: _Password


class ProfileBody(Body):
    """What is written of a member; districts are those of the company's list."""

    name: Name
    phone: Phone
    department: Department
    roles: Annotated[tuple[StaffRole, ...], Field(min_length=1, max_length=10)]
    districts: Annotated[tuple[Name, ...], Field(max_length=50)] = ()

    def profile(self) -> Profile:
        """As the rules take it; what is named twice counts once."""
        return Profile(
            name=self.name,
            phone=self.phone,
            department=self.department,
            roles=tuple(dict.fromkeys(self.roles)),
            districts=tuple(dict.fromkeys(self.districts)),
        )


class HireBody(ProfileBody):
    """A login is of letters, digits, dot, dash and underscore."""

    login: Annotated[str, Field(min_length=2, max_length=40, pattern=r"^[A-Za-z0-9._-]+$"), Checked]
    password: _Password


class MemberLineAnswer(Answer):
    id: int
    login: str
    name: str
    phone: MaskedPhone
    roles: list[str]
    department: str
    districts: list[str]
    bound: bool
    rota_order: int
    away_until: Moment | None
    active: bool


class StaffMemberAnswer(MemberLineAnswer):
    """With the whole phone; `bound` says whether a WeChat is bound."""

    phone: str
    wecom_user_id: str | None


@doors.get("/", who=who_may("list_members"), takes=MembersQuery, answers=PageAnswer[MemberLineAnswer])
async def list_members(call: Call[StaffCaller, MembersQuery]) -> PageAnswer[MemberLineAnswer]:
    """Everybody who works here, or worked here."""
    asked = call.body
    portion = Portion.asked(asked.cursor, asked.limit)
    found = await staff_directory.list_members(
        portion, words=asked.words or "", role=asked.role, active=asked.active
    )
    return PageAnswer[MemberLineAnswer].model_validate(found)


@doors.get("/<staff_id:int>", who=who_may("list_members"), takes=NoBody, answers=StaffMemberAnswer)
async def show_member(call: Call[StaffCaller, NoBody], staff_id: int) -> StaffMemberAnswer:  # noqa: ARG001  every door is called alike
    """One account."""
    return await _shown(staff_id)


@doors.post("/", who=who_may("manage_members"), takes=HireBody, answers=StaffMemberAnswer, status=201)
async def hire(call: Call[StaffCaller, HireBody]) -> StaffMemberAnswer:
    """A new account."""
    password_hash = await passwords.make_hash(call.body.password)
    member = await members.hire(call.body.login, call.body.profile(), password_hash, act=call.act)
    return await _shown(member.id)


@doors.post("/<staff_id:int>", who=who_may("manage_members"), takes=ProfileBody, answers=HandedOverAnswer)
async def change(call: Call[StaffCaller, ProfileBody], staff_id: int) -> HandedOverAnswer:
    """Another name, phone, department, roles or districts; work of a role that is lost passes to colleagues."""
    done = await members.change(staff_id, call.body.profile(), act=call.act)
    return HandedOverAnswer.model_validate(done)


@doors.post(
    "/<staff_id:int>/deactivate", who=who_may("manage_members"), takes=NoBody, answers=HandedOverAnswer
)
async def deactivate(call: Call[StaffCaller, NoBody], staff_id: int) -> HandedOverAnswer:
    """The member has left: logged out everywhere, and everything they held passes to colleagues."""
    return HandedOverAnswer.model_validate(await members.deactivate(staff_id, act=call.act))


@doors.post(
    "/<staff_id:int>/reactivate",
    who=who_may("manage_members"),
    takes=PasswordBody,
    answers=StaffMemberAnswer,
)
async def reactivate(call: Call[StaffCaller, PasswordBody], staff_id: int) -> StaffMemberAnswer:
    """The member is back, with a new password."""
    await members.reactivate(staff_id, await passwords.make_hash(call.body.password), act=call.act)
    return await _shown(staff_id)


@doors.post(
    "/<staff_id:int>/password", who=who_may("manage_members"), takes=PasswordBody, answers=StaffMemberAnswer
)
async def set_password(call: Call[StaffCaller, PasswordBody], staff_id: int) -> StaffMemberAnswer:
    """A new password; every login with the old one ends at once, and the member hears of it."""
    await members.set_password(staff_id, await passwords.make_hash(call.body.password), act=call.act)
    return await _shown(staff_id)


@doors.post("/<staff_id:int>/unbind", who=who_may("manage_members"), takes=NoBody, answers=StaffMemberAnswer)
async def unbind(call: Call[StaffCaller, NoBody], staff_id: int) -> StaffMemberAnswer:
    """The member's WeChat is unbound."""
    await members.unbind(staff_id, act=call.act)
    return await _shown(staff_id)


@doors.post(
    "/<staff_id:int>/wechat-binding", who=who_may("manage_members"), takes=NoBody, answers=BindingAnswer
)
async def open_binding(call: Call[StaffCaller, NoBody], staff_id: int) -> BindingAnswer:
    """A QR code that binds the WeChat of whoever scans it to this member, once; the member hears of it."""
    scene = await staff_access.open_scene_for(staff_id, act=call.act)
    return await binding_code(scene, call.gateways)


async def _shown(staff_id: int) -> StaffMemberAnswer:
    return StaffMemberAnswer.model_validate(await staff_directory.get(staff_id))
