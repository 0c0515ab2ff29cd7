"""Which secrets are too weak for production, and why."""

import base64
import binascii
import itertools
import re
from collections.abc import Mapping

# Fewest characters a secret may have. The platform hands out its app secrets (32 characters) and the AES key (43);
# the callback token is the company's own choice of 3 to 32 characters.
LEAST_LENGTH = {
    "secret_key": 32,
    "wechat_oa_secret": 16,
    "wechat_oa_token": 8,
    "wechat_oa_aes_key": 43,
    "wechat_mp_secret": 16,
    "wechat_mp_token": 8,
    "wechat_mp_aes_key": 43,
    "wecom_secret": 16,
}
LEAST_PARTNER_SECRET = 16
_USUAL_WORD = re.compile(
    "password|passwd|secret|change-?_?me|default|example|token|12345678|qwerty|lantian|wechat", re.IGNORECASE
)


def check_aes_key(key: str) -> str:
    """The EncodingAESKey unchanged. Raises ValueError unless it is 43 characters that decode to 32 bytes.

    Spare bits may be set: real keys are sometimes not the canonical spelling of their bytes.
    """
    try:
        decoded = base64.b64decode(key + "=", validate=True)
    except (binascii.Error, ValueError):
        decoded = b""
    if len(key) != 43 or len(decoded) != 32:
        raise ValueError("须为 43 位字母或数字（EncodingAESKey），且能解出 32 字节")
    return key


def weaknesses(chosen: Mapping[str, str], development: Mapping[str, str]) -> dict[str, str]:
    """Why production must not run with a secret, for each such secret of `chosen`."""
    found = {
        name: weakness(value, least=LEAST_LENGTH[name], development=development[name])
        for name, value in chosen.items()
    }
    return {name: why for name, why in found.items() if why is not None}


def weakness(value: str, *, least: int, development: str) -> str | None:
    """Why production must not run with this secret; None when it may."""
    if value == development:
        return "未设置，或仍是开发用的默认值"
    if len(value) < least:
        return f"太短，至少 {least} 个字符"
    if is_guessable(value):
        return "太容易猜到，请换成随机生成的值"
    return None


def is_guessable(value: str) -> bool:
    """Whether a value has few different characters, repeats itself, mostly counts, or is mainly a usual word."""
    steps = [abs(ord(after) - ord(before)) for before, after in itertools.pairwise(value)]
    return (
        len(set(value)) < min(8, len(value) // 2)
        or value in (value + value)[1:-1]
        or sum(step <= 1 for step in steps) > len(steps) / 2
        or len(_USUAL_WORD.sub("", value)) < len(value) / 2
    )
