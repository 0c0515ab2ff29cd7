"""Signature and AES envelope of callbacks, written from the platform's description, for both directions."""

import base64
import hashlib
import hmac
import os
import struct

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_BLOCK = 32


class BrokenSeal(Exception):
    """An encrypted answer that does not open: wrong key, wrong padding, wrong app id or wrong signature."""


def sign(*parts: str) -> str:
    """SHA-1 over the sorted, joined parts, in hex."""
    joined = "".join(sorted(parts)).encode()
    return hashlib.sha1(joined).hexdigest()  # noqa: S324 - the platform's protocol prescribes SHA-1


class Seal:
    """One account's envelope: AES-256-CBC, PKCS#7 to 32 bytes, random ∥ length ∥ message ∥ app id."""

    def __init__(self, *, token: str, aes_key: str, app_id: str) -> None:
        self._token = token
        self._app_id = app_id.encode()
        key = base64.b64decode(aes_key + "=")
        self._cipher = Cipher(algorithms.AES(key), modes.CBC(key[:16]))

    def signature(self, timestamp: str, nonce: str) -> str:
        """What goes into the query as `signature`."""
        return sign(self._token, timestamp, nonce)

    def message_signature(self, timestamp: str, nonce: str, encrypted: str) -> str:
        """What goes into the query, or a reply, as `msg_signature`."""
        return sign(self._token, timestamp, nonce, encrypted)

    def close(self, message: bytes) -> str:
        """The base64 text for `Encrypt`."""
        plain = os.urandom(16) + struct.pack(">I", len(message)) + message + self._app_id
        missing = _BLOCK - len(plain) % _BLOCK
        encryptor = self._cipher.encryptor()
        sealed = encryptor.update(plain + bytes([missing]) * missing) + encryptor.finalize()
        return base64.b64encode(sealed).decode()

    def open(self, encrypted: str) -> bytes:
        """The message inside. Raises BrokenSeal."""
        try:
            decryptor = self._cipher.decryptor()
            padded = decryptor.update(base64.b64decode(encrypted)) + decryptor.finalize()
            plain = padded[: -_checked_padding(padded)]
            (length,) = struct.unpack(">I", plain[16:20])
        except (ValueError, IndexError, struct.error) as error:
            raise BrokenSeal(str(error)) from error
        if plain[20 + length :] != self._app_id:
            raise BrokenSeal("another app id inside")
        return plain[20 : 20 + length]

    def check_reply(self, *, encrypted: str, signature: str, timestamp: str, nonce: str) -> None:
        """Raises BrokenSeal unless the backend signed its encrypted reply with our token."""
        expected = self.message_signature(timestamp, nonce, encrypted)
        if not hmac.compare_digest(expected.encode(), signature.encode()):
            raise BrokenSeal("reply signature")


def _checked_padding(padded: bytes) -> int:
    amount = padded[-1]
    if not 1 <= amount <= _BLOCK or padded[-amount:] != bytes([amount]) * amount:
        raise BrokenSeal("padding")
    return amount
