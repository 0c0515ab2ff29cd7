"""Links that open without a login: only the link's own signature lets in."""

import hmac
from base64 import urlsafe_b64encode
from hashlib import sha256

from config.settings import Settings

_PROGRESS = "/m/progress/"
_LENGTH = 22  # characters of the signature, 132 bits


def sign_progress(number: str, secret_key: str) -> str:
    """What opens the progress page of one application; the same each time, without an end."""
    digest = hmac.new(secret_key.encode(), f"progress:{number}".encode(), sha256).digest()
    return urlsafe_b64encode(digest).decode()[:_LENGTH]


def opens_progress(number: str, signature: str, secret_key: str) -> bool:
    """Whether the signature is this application's."""
    return hmac.compare_digest(sign_progress(number, secret_key).encode(), signature.encode())


def progress_path(number: str, secret_key: str) -> str:
    """The customer's progress page of one application, ready to be opened."""
    return f"{_PROGRESS}{number}?t={sign_progress(number, secret_key)}"


def public_url(path: str, settings: Settings) -> str:
    """A path of ours as a person's phone opens it; the customer's progress page with its signature."""
    if path.startswith(_PROGRESS):
        path = progress_path(path.removeprefix(_PROGRESS), settings.secret_key)
    return settings.public_base_url.rstrip("/") + path
