"""What the platform seals we read, and what we seal it reads: against wechatpy, in both directions."""

import base64
import string
from collections.abc import Callable
from datetime import timedelta

import pytest
import xmltodict
from hypothesis import given
from hypothesis import strategies as st
from wechatpy import parse_message
from wechatpy.crypto import WeChatCrypto

from backend.gateways.wechat.codec import open_callback, seal_reply, verify_url
from backend.gateways.wechat.crypto import Account
from backend.gateways.wechat.replies import TextReply
from tests.gateways.wechat.envelopes import (
    ACCOUNT,
    FOREIGN,
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

# what a person can type: no control characters, which XML cannot carry
TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), min_size=1
).filter(lambda text: text == text.strip())
KEYS = st.text(string.ascii_letters + string.digits, min_size=43, max_size=43)


class TestReading:
    @given(text=TEXTS)
    def test_every_mode_brings_the_same_message(self, text: str) -> None:
        body = xml(text_fields(text))
        for callback in (plain(body), sealed(body), sealed(body, beside=body)):
            message = opened(callback)
            assert (message.text, message.openid, message.kind) == (text, "oCustomer", "text")
            assert message.sent_at == NOW

    @given(text=TEXTS)
    def test_the_mini_program_may_send_xml_or_json(self, text: str) -> None:
        for write, json in ((xml, False), (json_text, True)):
            body = write(text_fields(text))
            for callback in (plain(body), sealed(body, json=json), sealed(body, json=json, beside=body)):
                assert opened(callback, app="mini_program").text == text

    @given(key=KEYS, token=st.text(min_size=1, max_size=32), appid=st.text(min_size=1, max_size=20))
    def test_any_key_token_and_app_id(self, key: str, token: str, appid: str) -> None:
        """Most such keys are not canonical base64: their last character has bits to spare."""
        account = Account(appid=appid, token=token, aes_key=key)
        body = encrypt(xml(text_fields()), WeChatCrypto(token, key, appid))
        query = {"timestamp": STAMP, "nonce": NONCE, "msg_signature": sign(token, STAMP, NONCE, body)}
        callback = f"<xml><Encrypt>{body}</Encrypt></xml>".encode()
        message = open_callback(account, app="official_account", query=query, body=callback, now=NOW)
        assert message.text == "我家想装天然气"

    def test_a_key_with_spare_bits_set_is_the_key_without_them(self) -> None:
        odd = ACCOUNT.aes_key[:-1] + "H"
        assert base64.b64decode(odd + "=") == base64.b64decode(ACCOUNT.aes_key + "=")
        account = Account(appid=ACCOUNT.appid, token=ACCOUNT.token, aes_key=odd)
        callback = sealed(xml(text_fields()))
        assert open_callback(
            account, app="official_account", query=callback.query, body=callback.body, now=NOW
        ).text

    @pytest.mark.parametrize("key", ["", "short", "x" * 42, "0" * 44])
    def test_a_key_of_another_length_is_refused_at_the_start(self, key: str) -> None:
        with pytest.raises(ValueError, match=r"43|padding|base64"):
            Account(appid="wx", token="t", aes_key=key)


class TestAnswering:
    @given(text=TEXTS)
    def test_a_sealed_answer_opens_at_the_platform(self, text: str) -> None:
        to = opened(sealed(xml(text_fields())))
        answer = seal_reply(ACCOUNT, TextReply(text=text), to, now=NOW, nonce="n1")
        envelope = parse_envelope(answer)
        inside = FOREIGN.decrypt_message(
            answer, envelope["MsgSignature"], envelope["TimeStamp"], envelope["Nonce"]
        )
        message = parse_message(inside)
        assert (message.source, message.target, message.type) == ("gh_account", "oCustomer", "text")
        assert len(text.encode()) > 2048 or message.content == text

    def test_a_plain_message_gets_a_plain_answer(self) -> None:
        to = opened(plain(xml(text_fields())))
        answer = seal_reply(ACCOUNT, TextReply(text="您好"), to, now=NOW, nonce="n1")
        assert b"Encrypt" not in answer
        assert parse_message(answer.decode()).content == "您好"

    @pytest.mark.parametrize("make", [plain, sealed])
    def test_no_reply_is_success_in_every_mode(self, make: Callable[[str], Callback]) -> None:
        assert seal_reply(ACCOUNT, None, opened(make(xml(text_fields()))), now=NOW, nonce="n") == b"success"


class TestVerifyingTheAddress:
    def test_echostr_comes_back(self) -> None:
        query = {**plain("").query, "echostr": "6287213"}
        assert verify_url(ACCOUNT, query, now=NOW + timedelta(minutes=9)) == "6287213"


def parse_envelope(answer: bytes) -> dict[str, str]:
    return dict(xmltodict.parse(answer)["xml"])
