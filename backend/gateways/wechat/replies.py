"""What can be answered to a callback, and how it is written and sealed."""

import re
from dataclasses import dataclass
from datetime import datetime

from backend.gateways.wechat.crypto import Account, encrypt, sign
from backend.gateways.wechat.inbound import InboundMessage

LONGEST_TEXT = 2048  # bytes of UTF-8; beyond it the platform shows a fault notice instead
_NOTHING = b"success"  # ends the turn in silence; needs no encryption in any mode
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class TextReply:
    """Words; longer than the platform's limit they are cut with "…"."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageReply:
    """A picture the platform already holds."""

    media_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsReply:
    """One article with a picture and a link."""

    title: str
    description: str
    url: str
    picture_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferReply:
    """Hands the talk to the platform's customer-service desk."""


Reply = TextReply | ImageReply | NewsReply | TransferReply


def seal_reply(
    account: Account, reply: Reply | None, to: InboundMessage, *, now: datetime, nonce: str
) -> bytes:
    """The bytes to answer with: encrypted exactly when the message came encrypted, `success` for no reply."""
    if reply is None:
        return _NOTHING
    stamp = str(int(now.timestamp()))
    parts = [
        _cdata("ToUserName", to.sender),
        _cdata("FromUserName", to.account_id),
        f"<CreateTime>{stamp}</CreateTime>",
        _content(reply),
    ]
    plain = f"<xml>{''.join(parts)}</xml>".encode()
    if not to.encrypted:
        return plain
    sealed = encrypt(account, plain)
    signature = sign(account.token, stamp, nonce, sealed)
    return (
        f"<xml>{_cdata('Encrypt', sealed)}{_cdata('MsgSignature', signature)}"
        f"<TimeStamp>{stamp}</TimeStamp>{_cdata('Nonce', nonce)}</xml>"
    ).encode()


def fit_text(text: str, *, limit: int = LONGEST_TEXT) -> str:
    """The text within so many bytes of UTF-8, cut at a character, and before a link that would lose its end."""
    raw = text.encode("utf-8", "ignore")
    if len(raw) <= limit:
        return raw.decode()
    cut = raw[: limit - len("…".encode())].decode("utf-8", "ignore")
    link = cut.rfind("<a ")
    if link > cut.rfind("</a>"):
        cut = cut[:link]
    return cut + "…"


def _content(reply: Reply) -> str:
    match reply:
        case TextReply(text=text):
            return _cdata("MsgType", "text") + _cdata("Content", fit_text(text))
        case ImageReply(media_id=media_id):
            return _cdata("MsgType", "image") + f"<Image>{_cdata('MediaId', media_id)}</Image>"
        case NewsReply():
            article = (
                _cdata("Title", reply.title)
                + _cdata("Description", reply.description)
                + _cdata("PicUrl", reply.picture_url)
                + _cdata("Url", reply.url)
            )
            count = "<ArticleCount>1</ArticleCount>"
            return f"{_cdata('MsgType', 'news')}{count}<Articles><item>{article}</item></Articles>"
        case TransferReply():
            return _cdata("MsgType", "transfer_customer_service")


def _cdata(name: str, value: str) -> str:
    """One element. What XML cannot hold is left out: it would turn the whole answer into a fault notice."""
    safe = _NOT_IN_XML.sub("", value).replace("]]>", "]]]]><![CDATA[>")
    return f"<{name}><![CDATA[{safe}]]></{name}>"
