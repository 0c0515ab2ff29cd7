"""The platform's callbacks: verified, decrypted and read, all in one place."""

from collections.abc import Mapping
from datetime import datetime

from backend.gateways.wechat.bodies import BodyUnreadable, as_text, read_fields
from backend.gateways.wechat.crypto import Account, NotOurs, decrypt, is_signed
from backend.gateways.wechat.inbound import AppName, InboundMessage, read_message
from backend.gateways.wechat.replies import Reply, seal_reply

__all__ = [
    "Account", "BodyTooLarge", "BodyUnreadable", "InboundMessage", "Reply", "SignatureRejected",
    "open_callback", "seal_reply", "verify_url",
]  # fmt: skip

_STALE_AFTER = 600  # seconds either way, by the contract
_LARGEST_BODY = 64 * 1024  # bytes; a text message has at most 2 KiB


class SignatureRejected(Exception):
    """The call does not come from the platform, or is old (→ 403)."""


class BodyTooLarge(Exception):
    """More than any message of the platform has (→ 413)."""


def verify_url(account: Account, query: Mapping[str, str], *, now: datetime) -> str:
    """The `echostr` to answer when the platform tries our address. `now` is the real clock's.

    Raises SignatureRejected, or BodyUnreadable without an `echostr`.
    """
    _check_fresh(query, now=now)
    _check_signature(account, query)
    if not query.get("echostr"):
        raise BodyUnreadable("without echostr")
    return query["echostr"]


def open_callback(
    account: Account, *, app: AppName, query: Mapping[str, str], body: bytes, now: datetime
) -> InboundMessage:
    """The message in a callback of any mode: plaintext, compatible or safe. `now` is the real clock's.

    Where there is an encrypted part, it alone is believed: the plain fields beside it are not covered by a signature.
    Raises SignatureRejected, BodyUnreadable or BodyTooLarge.
    """
    if len(body) > _LARGEST_BODY:
        raise BodyTooLarge
    _check_fresh(query, now=now)
    safe = query.get("encrypt_type") == "aes" or "msg_signature" in query
    if not safe or "signature" in query:
        _check_signature(account, query)
    json = app == "mini_program"
    fields = read_fields(body, json=json)
    sealed = as_text(fields.get("Encrypt"))
    # an encrypted part in a call that claims to be plain has lost its own signature on the way
    if safe or sealed:
        body = _unseal(account, query, sealed)
        fields = read_fields(body, json=json)
    return read_message(app, fields, body=body, encrypted=safe, now=now)


def _check_fresh(query: Mapping[str, str], *, now: datetime) -> None:
    try:
        sent = int(query.get("timestamp", ""))
    except ValueError:
        raise SignatureRejected("without a time stamp") from None
    if abs(int(now.timestamp()) - sent) > _STALE_AFTER:
        raise SignatureRejected("stale")


def _check_signature(account: Account, query: Mapping[str, str]) -> None:
    parts = account.token, query.get("timestamp", ""), query.get("nonce", "")
    if not is_signed(query.get("signature", ""), *parts):
        raise SignatureRejected("signature")


def _unseal(account: Account, query: Mapping[str, str], sealed: str) -> bytes:
    parts = account.token, query.get("timestamp", ""), query.get("nonce", ""), sealed
    if not is_signed(query.get("msg_signature", ""), *parts):
        raise SignatureRejected("msg_signature")
    try:
        return decrypt(account, sealed)
    except NotOurs as error:
        raise BodyUnreadable(str(error)) from error
