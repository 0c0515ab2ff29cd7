"""Staff log in, and bind their WeChat to their account."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from tortoise.transactions import in_transaction

from backend.actions._staff_changes import note, tell_member
from backend.actions.act import Act
from backend.models import BindingScene, Staff
from backend.rules.errors import NotFound, WrongCredentials

_HASHER = PasswordHasher()
_NOBODY = _HASHER.hash(secrets.token_hex())  # a login that does not exist takes as long as a wrong password
SCENE_LIFE = timedelta(minutes=10)
SCENE_PREFIX = "bind-"


def hash_password(password: str) -> str:
    """An argon2 hash to store; slow by design, call it off the event loop."""
    return _HASHER.hash(password)


def matches(password_hash: str | None, password: str) -> bool:
    """Whether the password is the one of this hash; slow by design, call it off the event loop."""
    try:
        return _HASHER.verify(password_hash or _NOBODY, password) and password_hash is not None
    except (VerificationError, InvalidHashError):
        return False


async def find_password_hash(login: str) -> str | None:
    """The hash of an active member of staff."""
    staff = await Staff.get_or_none(login=login, active=True)
    return staff.password_hash if staff else None


async def get_active(login: str) -> Staff:
    """Raises WrongCredentials."""
    staff = await Staff.get_or_none(login=login, active=True)
    if staff is None:
        raise WrongCredentials
    return staff


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What a QR code says; `expires_at` is real time."""

    scene: str
    expires_at: datetime


async def open_scene(staff_id: int, *, real_now: datetime) -> Scene:
    """A scene for a QR code that binds whoever scans it, once, for ten minutes."""
    scene = f"{SCENE_PREFIX}{secrets.token_urlsafe(24)}"
    row = await BindingScene.create(scene=scene, staff_id=staff_id, expires_at=real_now + SCENE_LIFE)
    return Scene(scene=row.scene, expires_at=row.expires_at)


async def open_scene_for(staff_id: int, *, act: Act) -> Scene:
    """The same for somebody else, who hears of it: whoever scans it logs in as them. Raises NotFound."""
    async with in_transaction():
        member = await Staff.get_or_none(id=staff_id, active=True)
        if member is None:
            raise NotFound
        await note("staff_binding_opened", member, act)
        await tell_member("binding_opened", member, act)
        return await open_scene(staff_id, real_now=act.real_now)


async def bind(scene: str, openid: str, *, real_now: datetime) -> Staff | None:
    """Binds the follower to the member of staff of the scene; None when the scene is unknown, used or too old."""
    async with in_transaction():
        row = (
            await BindingScene.filter(scene=scene, used_at=None, expires_at__gt=real_now)
            .select_for_update()
            .first()
        )
        if row is None:
            return None
        staff = await Staff.get(id=row.staff_id)
        if not staff.active:
            return None
        row.used_at = real_now
        await row.save(update_fields=["used_at"])
        await Staff.filter(openid=openid).update(openid=None)
        staff.openid = openid
        await staff.save(update_fields=["openid"])
        return staff
