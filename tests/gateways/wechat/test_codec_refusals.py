"""Callbacks that are not from the platform, not for us, or not readable."""

import base64
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wechatpy.crypto import WeChatCrypto

from backend.gateways.wechat.codec import BodyTooLarge, BodyUnreadable, SignatureRejected, verify_url
from tests.gateways.wechat.envelopes import (
    ACCOUNT,
    NONCE,
    NOW,
    STAMP,
    Callback,
    encrypt,
    json_text,
    opened,
    plain,
    sealed,
    sign,
    text_fields,
    xml,
)  # fmt: skip

TEXT = xml(text_fields())
LIES = xml(text_fields("给我免单", FromUserName="oSomebodyElse"))


class TestSignatures:
    @pytest.mark.parametrize("name", ["signature", "timestamp", "nonce"])
    @pytest.mark.parametrize("value", ["", "0", "ü", STAMP + "1"])
    def test_anything_changed_in_a_plain_call_is_rejected(self, name: str, value: str) -> None:
        for callback in (plain(TEXT).changed(**{name: value}), plain(TEXT).without(name)):
            with pytest.raises(SignatureRejected):
                opened(callback)
            with pytest.raises(SignatureRejected):
                verify_url(ACCOUNT, {**callback.query, "echostr": "1"}, now=NOW)

    @pytest.mark.parametrize("name", ["signature", "msg_signature", "timestamp", "nonce"])
    def test_anything_changed_in_a_sealed_call_is_rejected(self, name: str) -> None:
        with pytest.raises(SignatureRejected):
            opened(sealed(TEXT).changed(**{name: "0" * 40}))

    @given(place=st.integers(0, 10_000), bit=st.integers(0, 7))
    def test_one_bit_changed_in_the_encrypted_part_is_never_believed(self, place: int, bit: int) -> None:
        callback = sealed(TEXT)
        start, end = callback.body.index(b"CDATA[") + 6, callback.body.index(b"]]")
        damaged = bytearray(callback.body)
        damaged[start + place % (end - start)] ^= 1 << bit
        with pytest.raises((SignatureRejected, BodyUnreadable)):
            opened(Callback(query=callback.query, body=bytes(damaged)))

    @pytest.mark.parametrize("seconds", [-601, -86400, 601, 86400])
    def test_a_call_more_than_ten_minutes_off_is_stale(self, seconds: int) -> None:
        for callback in (plain(TEXT), sealed(TEXT)):
            with pytest.raises(SignatureRejected):
                opened(callback, now=NOW - timedelta(seconds=seconds))

    @pytest.mark.parametrize("seconds", [-600, -1, 0, 1, 600])
    def test_a_call_within_ten_minutes_is_taken(self, seconds: int) -> None:
        assert opened(
            sealed(TEXT), now=NOW + timedelta(seconds=seconds, milliseconds=900 if seconds < 0 else 0)
        ).text

    @pytest.mark.parametrize("stamp", ["soon", "1e9", "9" * 5000, ""])
    def test_a_time_stamp_that_is_none_is_rejected(self, stamp: str) -> None:
        with pytest.raises(SignatureRejected):
            opened(plain(TEXT, stamp=stamp))


class TestOnlyTheEncryptedPartIsBelieved:
    def test_plain_fields_beside_it_are_ignored(self) -> None:
        message = opened(sealed(TEXT, beside=LIES))
        assert (message.text, message.openid, message.encrypted) == ("我家想装天然气", "oCustomer", True)

    def test_a_safe_call_without_an_encrypted_part_is_rejected(self) -> None:
        with pytest.raises(SignatureRejected):
            opened(Callback(query=sealed(TEXT).query, body=LIES.encode()))

    def test_even_when_nothing_is_what_was_signed(self) -> None:
        query = {
            **plain("").query,
            "encrypt_type": "aes",
            "msg_signature": sign(ACCOUNT.token, STAMP, NONCE, ""),
        }
        with pytest.raises(BodyUnreadable):
            opened(Callback(query=query, body=LIES.encode()))

    def test_an_encrypted_part_that_lost_its_signature_is_rejected(self) -> None:
        callback = sealed(TEXT, beside=LIES).without("msg_signature", "encrypt_type")
        with pytest.raises(SignatureRejected):
            opened(callback)

    def test_an_empty_encrypted_part_in_a_plain_call_is_no_obstacle(self) -> None:
        message = opened(plain(xml(text_fields(Encrypt=""))))
        assert (message.text, message.encrypted) == ("我家想装天然气", False)

    def test_a_message_for_another_app_is_not_read(self) -> None:
        other = WeChatCrypto(ACCOUNT.token, ACCOUNT.aes_key, "wx_another_app")
        part = encrypt(TEXT, other)
        query = {**sealed(TEXT).query, "msg_signature": sign(ACCOUNT.token, STAMP, NONCE, part)}
        with pytest.raises(BodyUnreadable, match="another app"):
            opened(Callback(query=query, body=f"<xml><Encrypt>{part}</Encrypt></xml>".encode()))

    @given(junk=st.binary(max_size=200))
    def test_what_does_not_decrypt_is_unreadable(self, junk: bytes) -> None:
        part = base64.b64encode(junk).decode()
        query = {
            **plain("").query,
            "encrypt_type": "aes",
            "msg_signature": sign(ACCOUNT.token, STAMP, NONCE, part),
        }
        with pytest.raises(BodyUnreadable):
            opened(Callback(query=query, body=f"<xml><Encrypt>{part}</Encrypt></xml>".encode()))


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE xml [<!ENTITY a "lol">'
    + "".join(f'<!ENTITY {n} "{f"&{p};" * 10}">' for p, n in zip("abcdefgh", "bcdefghi", strict=True))
    + "]><xml><FromUserName>&i;</FromUserName><MsgType>text</MsgType></xml>"
)


class TestBodies:
    @pytest.mark.parametrize(
        "body",
        [
            "", " ", "hello", "<xml>", "<xml><a></xml>", "<xml/>", "<xml>words</xml>", "[]", '{"MsgType":"text"}',
            xml({"MsgType": "text"}), xml({"FromUserName": "o"}), "<xml>&undeclared;</xml>", BOMB,
            '<!DOCTYPE x SYSTEM "file:///etc/passwd"><x><a>1</a></x>', "<a>" * 3000 + "</a>" * 3000,
            xml(text_fields(FromUserName="o" * 129)),
        ],
    )  # fmt: skip
    def test_what_is_no_message_is_unreadable(self, body: str) -> None:
        for callback in (plain(body), sealed(body)) if body.strip() else (plain(body),):
            with pytest.raises(BodyUnreadable):
                opened(callback)

    @pytest.mark.parametrize(
        "body",
        [
            "{",
            "{}",
            '{"FromUserName": 1e999}',
            '{"a":' * 2000 + "1" + "}" * 2000,
            '{"a":' * 50 + "1" + "}" * 50,
        ],
    )
    def test_nor_is_such_json(self, body: str) -> None:
        with pytest.raises(BodyUnreadable):
            opened(plain(body), app="mini_program")

    @pytest.mark.parametrize(
        "body", [b"\xff\xfe<\x00x\x00>\x00", "<xml>中</xml>".encode("gbk"), b"\x00" * 20]
    )
    def test_another_encoding_is_unreadable(self, body: bytes) -> None:
        with pytest.raises(BodyUnreadable):
            opened(Callback(query=plain("").query, body=body))

    def test_more_than_64_kib_is_too_large_before_anything_else(self) -> None:
        with pytest.raises(BodyTooLarge):
            opened(Callback(query={}, body=b"x" * (64 * 1024 + 1)))
        assert opened(plain(xml(text_fields("字" * 20000)))).text

    @given(body=st.binary(max_size=300))
    def test_random_bytes_never_do_more_than_be_refused(self, body: bytes) -> None:
        for app in ("official_account", "mini_program"):
            with pytest.raises(BodyUnreadable):
                opened(Callback(query=plain("").query, body=body), app=app)

    def test_a_customer_may_write_about_document_types(self) -> None:
        assert (
            opened(plain(xml(text_fields("<!DOCTYPE html> &amp; ]]>")))).text == "<!DOCTYPE html> &amp; ]]>"
        )

    def test_a_nul_never_reaches_the_database(self) -> None:
        message = opened(plain(json_text(text_fields("煤气\x00味"))), app="mini_program")
        assert message.text == message.fields["Content"] == "煤气味"
