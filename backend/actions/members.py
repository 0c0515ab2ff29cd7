"""An administrator manages staff: every change with its old value, and nothing left on a desk that nobody sits at."""

from dataclasses import replace
from typing import Any

from tortoise.exceptions import IntegrityError
from tortoise.transactions import in_transaction

from backend.actions import _absent_desk, assignments, handing_over
from backend.actions._staff_changes import note, tell_member, tell_of_power
from backend.actions.act import Act
from backend.actions.handing_over import HandedOver
from backend.actions.locks import lock_name
from backend.models import OutboxMessage, Staff
from backend.rules.errors import InvalidField, NotAllowed, NotFound
from backend.rules.staffing import Profile, check_profile, lost_work
from config.messages.texts import words

_FIELDS = ("name", "phone", "department", "roles", "districts")


async def hire(login: str, profile: Profile, password_hash: str, *, act: Act) -> Staff:
    """A new member. Raises InvalidField (the login is taken; roles or districts that cannot be)."""
    check_profile(profile)
    try:
        async with in_transaction():
            member = await Staff.create(
                login=login, password_hash=password_hash, created_at=act.now, **_columns(profile)
            )
            await note(
                "staff_hired", member, act, {key: [None, value] for key, value in _columns(profile).items()}
            )
            await tell_of_power(member, profile.roles, act)
            return member
    except IntegrityError:
        raise InvalidField(field="login", sentence="login_taken") from None


async def change(staff_id: int, profile: Profile, *, act: Act) -> HandedOver:
    """The member as written now; work of a role they lose passes to colleagues.

    Raises NotFound, InvalidField (also for one's own roles), NotAllowed (the last administrator).
    """
    check_profile(profile)
    async with in_transaction():
        member = await _lock(staff_id)
        before, after = _columns_of(member), _columns(profile)
        changes = {key: [before[key], after[key]] for key in _FIELDS if before[key] != after[key]}
        if "roles" in changes:
            await _check_roles(member, profile.roles, act)
        if not changes:
            return handing_over.summary([], None)
        for key, value in after.items():
            setattr(member, key, value)
        await member.save(update_fields=list(changes))
        await note("staff_changed", member, act, changes)
        if "roles" in changes:
            await tell_member("roles", member, act)
            await tell_of_power(member, set(after["roles"]) - set(before["roles"]), act)
        return await _clear_desk(member, lost_work(before["roles"], after["roles"]), act)


async def deactivate(staff_id: int, *, act: Act) -> HandedOver:
    """The member has left: logged out everywhere, unbound, and everything they held is with colleagues, in one act.

    Raises NotFound, InvalidField (oneself), NotAllowed (the last administrator).
    """
    async with in_transaction():
        member = await _lock(staff_id)
        if member.id == act.staff_id:
            raise InvalidField(field="member", sentence="own_account")
        await _check_not_last(member)
        member.active, member.openid, member.away_until = False, None, None
        member.session_version += 1
        await member.save(update_fields=["active", "openid", "away_until", "session_version"])
        await note("staff_left", member, act)
        await OutboxMessage.filter(staff_id=member.id, state="waiting").update(
            state="given_up", closing_note=words().account_acts["left"], ended_at=act.now
        )
        return await _clear_desk(member, _absent_desk.EVERYTHING, act)


async def reactivate(staff_id: int, password_hash: str, *, act: Act) -> Staff:
    """The member is back, with a new password. Raises NotFound, NotAllowed (they never left)."""
    async with in_transaction():
        member = await Staff.select_for_update(no_key=True).get_or_none(id=staff_id)
        if member is None:
            raise NotFound
        if member.active:
            raise NotAllowed(stage="active", event="returned", sentence="already_active")
        member.active, member.password_hash = True, password_hash
        await member.save(update_fields=["active", "password_hash"])
        await note("staff_returned", member, act)
        await tell_of_power(member, member.roles, act)
        return member


async def set_password(staff_id: int, password_hash: str, *, act: Act) -> None:
    """A new password; every login with the old one ends at once. Raises NotFound."""
    async with in_transaction():
        member = await _lock(staff_id)
        member.password_hash, member.session_version = password_hash, member.session_version + 1
        await member.save(update_fields=["password_hash", "session_version"])
        await note("staff_password_set", member, act)
        await tell_member("password_set", member, act)


async def unbind(staff_id: int, *, act: Act) -> None:
    """The member's WeChat is theirs no more: no push goes there, no login comes from there. Raises NotFound, NotAllowed."""
    async with in_transaction():
        member = await _lock(staff_id)
        if member.openid is None:
            raise NotAllowed(stage="unbound", event="unbound", sentence="not_bound")
        member.openid, member.session_version = None, member.session_version + 1
        await member.save(update_fields=["openid", "session_version"])
        await note("staff_unbound", member, act)
        await tell_member("unbound", member, act)


async def _lock(staff_id: int) -> Staff:
    """An active member, nobody else's case given to them meanwhile. Raises NotFound."""
    await lock_name(assignments.ABSENCES)
    member = await Staff.select_for_update(no_key=True).get_or_none(id=staff_id, active=True)
    if member is None:
        raise NotFound
    return member


async def _check_roles(member: Staff, roles: tuple[str, ...], act: Act) -> None:
    if member.id == act.staff_id:
        raise InvalidField(field="roles", sentence="own_roles")
    if "administrator" not in roles:
        await _check_not_last(member)


async def _check_not_last(member: Staff) -> None:
    """Somebody must be able to manage staff tomorrow too; `_lock` keeps two from leaving at once."""
    if "administrator" not in member.roles:
        return
    others = Staff.filter(active=True, roles__contains=["administrator"]).exclude(id=member.id)
    if not await others.exists():
        raise NotAllowed(stage="active", event="left", sentence="last_administrator")


async def _clear_desk(member: Staff, of: frozenset[str], act: Act) -> HandedOver:
    passed = await _absent_desk.clear(member, act=replace(act, by="system"), of=of)
    await handing_over.tell(member, passed, act)
    return handing_over.summary(passed, None)


def _columns(profile: Profile) -> dict[str, Any]:
    return {
        "name": profile.name,
        "phone": profile.phone,
        "department": profile.department,
        "roles": list(profile.roles),
        "districts": list(profile.districts),
    }


def _columns_of(member: Staff) -> dict[str, Any]:
    return {key: getattr(member, key) for key in _FIELDS}
