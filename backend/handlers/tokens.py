"""Bearer tokens: signed, with an end, on the real clock; nothing is stored."""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Literal

from itsdangerous import BadSignature, URLSafeTimedSerializer

from config.limits import limits
from config.settings import Settings

Kind = Literal["customer", "staff"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Whose token it is; `version` counts how often all their logins were ended before it was issued."""

    id: int
    version: int


def issue(kind: Kind, holder: Holder, settings: Settings) -> str:
    """A token for one person; it serves as long as `life_of(kind)`."""
    return _serializer(kind, settings).dumps({f"{kind}_id": holder.id, "version": holder.version})


def find_holder(kind: Kind, token: str, settings: Settings) -> Holder | None:
    """Whose token it is; None when it is forged, of another kind or too old."""
    try:
        content = _serializer(kind, settings).loads(token, max_age=int(life_of(kind).total_seconds()))
    except BadSignature:
        return None
    return Holder(id=int(content[f"{kind}_id"]), version=int(content.get("version", 0)))


def life_of(kind: Kind) -> timedelta:
    """How long a token of this kind serves."""
    return limits().sessions.customer if kind == "customer" else limits().sessions.staff


def _serializer(kind: Kind, settings: Settings) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(
        settings.secret_key, salt=f"session:{kind}", signer_kwargs={"digest_method": sha256}
    )
