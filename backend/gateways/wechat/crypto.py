"""The platform's signature and AES, for the official account and the mini-program alike.

`cryptography` is used directly rather than through wechatpy: sealing and opening one message costs a fifth, signatures
are compared in constant time, and padding and length are checked instead of trusted.
"""

import base64
import binascii
import hashlib
import hmac
import os
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_PADDING_BLOCK = 32  # the platform pads to 32 bytes, twice the block of AES
_HEAD = 16  # random bytes before the length


class NotOurs(Exception):
    """What was decrypted is no message to this app: damaged, or made for another one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What one app shares with the platform for its callbacks.

    `aes_key` is the EncodingAESKey of 43 characters. Its spare bits may be set, so it is only ever decoded, never
    compared after encoding again. Raises ValueError when it does not decode to 32 bytes.
    """

    appid: str
    token: str = field(repr=False)
    aes_key: str = field(repr=False)
    cipher: "Cipher[modes.CBC]" = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        key = base64.b64decode(self.aes_key + "=")
        if len(key) != 32:
            raise ValueError("an EncodingAESKey has 43 characters and decodes to 32 bytes")
        # the platform takes the first half of the key as the initial vector of every message
        object.__setattr__(self, "cipher", Cipher(algorithms.AES(key), modes.CBC(key[:16])))


def sign(*parts: str) -> str:
    """The platform's signature: hex SHA-1 of the sorted, joined parts."""
    return hashlib.sha1("".join(sorted(parts)).encode("utf-8", "replace")).hexdigest()  # noqa: S324 - the platform's protocol, not ours to choose


def is_signed(signature: str, *parts: str) -> bool:
    """Whether the signature is right, in a time that does not tell how much of it was."""
    return hmac.compare_digest(sign(*parts).encode(), signature.encode("utf-8", "replace"))


def encrypt(account: Account, message: bytes) -> str:
    """One message sealed for this app, as base64."""
    plain = os.urandom(_HEAD) + len(message).to_bytes(4, "big") + message + account.appid.encode()
    padding = _PADDING_BLOCK - len(plain) % _PADDING_BLOCK
    sealer = account.cipher.encryptor()
    return base64.b64encode(sealer.update(plain + bytes([padding]) * padding) + sealer.finalize()).decode()


def decrypt(account: Account, sealed: str) -> bytes:
    """The message inside. Raises NotOurs when it is damaged or its app id is not this account's."""
    try:
        opener = account.cipher.decryptor()
        plain = opener.update(base64.b64decode(sealed, validate=True)) + opener.finalize()
    except (ValueError, binascii.Error) as error:
        raise NotOurs("not AES in base64") from error
    padding = plain[-1] if plain else 0
    if not 1 <= padding <= _PADDING_BLOCK or plain[-padding:] != bytes([padding]) * padding:
        raise NotOurs("padding")
    end = _HEAD + 4 + int.from_bytes(plain[_HEAD : _HEAD + 4], "big")
    message, appid = plain[_HEAD + 4 : end], plain[end:-padding]
    if not hmac.compare_digest(appid, account.appid.encode()):
        raise NotOurs("made for another app id")
    return message
