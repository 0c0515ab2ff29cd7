"""Callbacks as the platform makes them, sealed by wechatpy: another implementation than ours."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import escape

import orjson
from wechatpy.crypto import WeChatCrypto
from wechatpy.utils import WeChatSigner

from backend.gateways.wechat import codec
from backend.gateways.wechat.crypto import Account
from backend.gateways.wechat.inbound import AppName, InboundMessage

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
STAMP = str(int(NOW.timestamp()))
NONCE = "1372623149"
ACCOUNT = Account(
    appid="wx0123456789abcdef", token="a-token", aes_key="0123456789abcdefghijklmnopqrstuvwxyzABCDEFG"
)
FOREIGN = WeChatCrypto(ACCOUNT.token, ACCOUNT.aes_key, ACCOUNT.appid)


@dataclass(frozen=True, kw_only=True)
class Callback:
    query: Mapping[str, str]
    body: bytes

    def changed(self, **query: str) -> "Callback":
        return Callback(query={**self.query, **query}, body=self.body)

    def without(self, *names: str) -> "Callback":
        return Callback(query={k: v for k, v in self.query.items() if k not in names}, body=self.body)


def text_fields(text: str = "我家想装天然气", **more: object) -> dict[str, Any]:
    return {
        "ToUserName": "gh_account",
        "FromUserName": "oCustomer",
        "CreateTime": STAMP,
        "MsgType": "text",
        "Content": text,
        "MsgId": "7291881230011223344",
        **more,
    }


def event_fields(event: str, **more: object) -> dict[str, Any]:
    common = {
        "ToUserName": "gh_account",
        "FromUserName": "oCustomer",
        "CreateTime": STAMP,
        "MsgType": "event",
    }
    return {**common, "Event": event, **more}


def xml(fields: Mapping[str, Any]) -> str:
    return f"<xml>{_elements(fields)}</xml>"


def json_text(fields: Mapping[str, Any]) -> str:
    return orjson.dumps(fields).decode()


def plain(body: str, *, stamp: str = STAMP) -> Callback:
    return Callback(query=_signed(stamp), body=body.encode())


def sealed(body: str, *, json: bool = False, beside: str = "", stamp: str = STAMP) -> Callback:
    """Safe mode; with `beside` compatible mode, which carries the plain fields too."""
    encrypted = encrypt(body)
    query = {
        **_signed(stamp),
        "encrypt_type": "aes",
        "msg_signature": sign(ACCOUNT.token, stamp, NONCE, encrypted),
    }
    if json:
        return Callback(
            query=query, body=orjson.dumps({**orjson.loads(beside or "{}"), "Encrypt": encrypted})
        )
    inside = beside.removeprefix("<xml>").removesuffix("</xml>")
    return Callback(
        query=query, body=f"<xml>{inside}<Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>".encode()
    )


def encrypt(body: str, crypto: WeChatCrypto = FOREIGN) -> str:
    found = re.search(r"<Encrypt><!\[CDATA\[(.+?)\]\]>", crypto.encrypt_message(body, NONCE, STAMP))
    assert found
    return found[1]


def sign(*parts: str) -> str:
    signer = WeChatSigner()
    signer.add_data(*parts)
    return str(signer.signature)


def opened(callback: Callback, *, app: AppName = "official_account", now: datetime = NOW) -> InboundMessage:
    return codec.open_callback(ACCOUNT, app=app, query=callback.query, body=callback.body, now=now)


def _signed(stamp: str) -> dict[str, str]:
    return {"signature": sign(ACCOUNT.token, stamp, NONCE), "timestamp": stamp, "nonce": NONCE}


def _elements(fields: Mapping[str, Any]) -> str:
    return "".join(_element(name, value) for name, value in fields.items())


def _element(name: str, value: object) -> str:
    if isinstance(value, list):
        return "".join(_element(name, entry) for entry in value)
    inside = _elements(value) if isinstance(value, Mapping) else escape(str(value))
    return f"<{name}>{inside}</{name}>"
