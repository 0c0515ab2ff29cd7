"""Bearer tokens: signed, with an end, on the real clock; nothing is stored."""

from datetime import timedelta
from hashlib import sha256
from typing import Literal

from itsdangerous import BadSignature, URLSafeTimedSerializer

from config.limits import limits
from config.settings import Settings

Kind = Literal["customer", "staff"]


def issue(kind: Kind, id_: int, settings: Settings) -> str:
    """A token for one person; it serves as long as `life_of(kind)`."""
    return _serializer(kind, settings).dumps({f"{kind}_id": id_})


def find_id(kind: Kind, token: str, settings: Settings) -> int | None:
    """Whose token it is; None when it is forged, of another kind or too old."""
    try:
        content = _serializer(kind, settings).loads(token, max_age=int(life_of(kind).total_seconds()))
    except BadSignature:
        return None
    return int(content[f"{kind}_id"])


def life_of(kind: Kind) -> timedelta:
    """How long a token of this kind serves."""
    return limits().sessions.customer if kind == "customer" else limits().sessions.staff


def _serializer(kind: Kind, settings: Settings) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(
        settings.secret_key, salt=f"session:{kind}", signer_kwargs={"digest_method": sha256}
    )
