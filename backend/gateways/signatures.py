"""How a partner's request is signed, in both directions."""

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

KEY, TIMESTAMP, NONCE, SIGNATURE = "X-Partner-Key", "X-Timestamp", "X-Nonce", "X-Signature"

_SECONDS = re.compile("[0-9]{1,12}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """What a signature covers besides the body; `timestamp` as it stands in the header, `path` without the query."""

    method: str
    path: str
    timestamp: str
    nonce: str


def sign(secret: str, signed: Signed, body: bytes) -> str:
    """The signature in lower-case hex."""
    digest = hashlib.sha256(body).hexdigest()
    text = f"{signed.method}\n{signed.path}\n{signed.timestamp}\n{signed.nonce}\n{digest}"
    return hmac.new(secret.encode(), _bytes(text), hashlib.sha256).hexdigest()


def is_genuine(secret: str, signed: Signed, body: bytes, signature: str) -> bool:
    """Compared in constant time: how long it takes tells nobody how much was right."""
    return hmac.compare_digest(sign(secret, signed, body).encode(), _bytes(signature.lower()))


def is_fresh(timestamp: str, *, real_now: datetime, skew: timedelta) -> bool:
    """Whether the header is a whole number of seconds near our own time."""
    if not _SECONDS.fullmatch(timestamp):
        return False
    return abs(real_now.timestamp() - int(timestamp)) <= skew.total_seconds()


def _bytes(header: str) -> bytes:
    """A header as it came over the wire; what is no UTF-8 the server hands us as lone surrogates."""
    return header.encode("utf-8", "surrogateescape")
