"""Signature and AES, against wechatpy's own implementation in both directions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wechatpy.crypto import WeChatCrypto

from simulator.seal import BrokenSeal, Seal, sign

TOKEN, KEY, APP = "dev-oa-token", "0123456789abcdefghijklmnopqrstuvwxyzABCDEFG", "wxdev0000000000oa"
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=300)


def seal(app_id: str = APP) -> Seal:
    return Seal(token=TOKEN, aes_key=KEY, app_id=app_id)


@given(text=TEXTS)
def test_what_the_platform_seals_wechatpy_opens(text: str) -> None:
    encrypted = seal().close(text.encode())
    envelope = f"<xml><ToUserName>gh</ToUserName><Encrypt>{encrypted}</Encrypt></xml>"
    signature = seal().message_signature("1", "n", encrypted)

    assert WeChatCrypto(TOKEN, KEY, APP).decrypt_message(envelope, signature, "1", "n") == text


@given(message=st.binary(max_size=500))
def test_what_was_sealed_opens_again(message: bytes) -> None:
    assert seal().open(seal().close(message)) == message


@given(text=TEXTS, place=st.integers(min_value=0, max_value=10_000))
def test_a_changed_character_never_opens_as_another_message(text: str, place: int) -> None:
    encrypted = seal().close(text.encode())
    at = place % (len(encrypted) - 2)
    other = "A" if encrypted[at] != "A" else "B"

    try:
        opened = seal().open(encrypted[:at] + other + encrypted[at + 1 :])
    except BrokenSeal:
        return
    assert len(opened) == len(text.encode()), "CBC alone hides a change in the text; the signature finds it"


def test_another_app_id_does_not_open() -> None:
    with pytest.raises(BrokenSeal, match="app id"):
        seal("wxsomebodyelse00").open(seal().close(b"hello"))


def test_the_signature_sorts_its_parts() -> None:
    assert sign("token", "2", "10") == sign("10", "token", "2")
