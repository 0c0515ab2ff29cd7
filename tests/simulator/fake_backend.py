"""A backend of a few lines: takes callbacks with wechatpy's eyes and answers what the test wants."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import xmltodict
from wechatpy import create_reply, parse_message
from wechatpy.crypto import WeChatCrypto
from wechatpy.utils import check_signature

APPS = {
    "/wechat/official-account": (
        "wxdev0000000000oa",
        "dev-oa-token",
        "0123456789abcdefghijklmnopqrstuvwxyzABCDEFG",
    ),
    "/wechat/mini-program": (
        "wxdev0000000000mp",
        "dev-mp-token",
        "GFEDCBAzyxwvutsrqponmlkjihgfedcba9876543210",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes

    def crypto(self) -> WeChatCrypto:
        app_id, token, key = APPS[self.path]
        return WeChatCrypto(token, key, app_id)

    def xml(self) -> str:
        """The message inside, after checking the platform's signatures as wechatpy does."""
        query = self.query
        check_signature(APPS[self.path][1], query["signature"], query["timestamp"], query["nonce"])
        text = self.body.decode()
        if "msg_signature" not in query:
            return text
        sealed = self.crypto().decrypt_message(
            text, query["msg_signature"], query["timestamp"], query["nonce"]
        )
        return str(sealed)

    def fields(self) -> dict[str, Any]:
        """The fields of an XML callback."""
        return dict(xmltodict.parse(self.xml())["xml"])

    def json_fields(self) -> dict[str, Any]:
        """The fields of a sealed JSON callback."""
        sealed = json.loads(self.body)["Encrypt"]
        envelope = f"<xml><ToUserName>x</ToUserName><Encrypt>{sealed}</Encrypt></xml>"
        query = self.query
        inside = self.crypto().decrypt_message(
            envelope, query["msg_signature"], query["timestamp"], query["nonce"]
        )
        return dict(json.loads(inside))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    status: int = 200
    body: bytes = b"success"
    headers: dict[str, str] = field(default_factory=dict)


Respond = Callable[[Request], Awaitable[Answer]]


def sealed_text(request: Request, text: str) -> bytes:
    """A passive text reply, rendered and sealed by wechatpy."""
    reply = create_reply(text, message=parse_message(request.xml())).render()
    return bytes(request.crypto().encrypt_message(reply, "nonce", request.query["timestamp"]).encode())


def plain_text(request: Request, text: str) -> bytes:
    """The same without a seal."""
    return bytes(create_reply(text, message=parse_message(request.xml())).render().encode())


async def _silence(_request: Request) -> Answer:
    return Answer()


class FakeBackend:
    """`respond` decides; `requests` keeps what came."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.respond: Respond = _silence
        self._came = asyncio.Condition()
        self._lines: set[asyncio.StreamWriter] = set()

    def fresh(self) -> None:
        self.requests.clear()
        self.respond = _silence

    def reply_with(self, text: str) -> None:
        """Every message gets this text, sealed; receipts get silence."""

        async def respond(request: Request) -> Answer:
            if request.fields().get("Event") == "TEMPLATESENDJOBFINISH":
                return Answer()
            return Answer(body=sealed_text(request, text))

        self.respond = respond

    async def wait_for(self, event: str) -> dict[str, Any]:
        """The fields of the first callback with this event. Raises TimeoutError after five seconds."""

        def found() -> dict[str, Any] | None:
            callbacks = [_fields(request) for request in self.requests if request.path in APPS]
            return next((fields for fields in callbacks if fields.get("Event") == event), None)

        async with asyncio.timeout(5), self._came:
            await self._came.wait_for(lambda: found() is not None)
        return found() or {}

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._lines.add(writer)
        try:
            while request := await _read(reader):
                self.requests.append(request)
                async with self._came:
                    self._came.notify_all()
                writer.write(_write(await self.respond(request)))
                await writer.drain()
        except ConnectionError:
            pass  # the platform hung up after its five seconds
        finally:
            self._lines.discard(writer)
            writer.close()

    async def hang_up(self) -> None:
        """Close every line the platform keeps open."""
        for line in list(self._lines):
            line.close()
            await line.wait_closed()


def _fields(request: Request) -> dict[str, Any]:
    return request.json_fields() if request.body.startswith(b"{") else request.fields()


async def _read(reader: asyncio.StreamReader) -> Request | None:
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
    except asyncio.IncompleteReadError:
        return None
    start, *lines = head.strip().split("\r\n")
    method, target, _ = start.split(" ")
    headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
    parts = urlsplit(target)
    return Request(
        method=method,
        path=parts.path,
        query=dict(parse_qsl(parts.query, keep_blank_values=True)),
        headers=headers,
        body=await reader.readexactly(int(headers.get("content-length", 0))),
    )


def _write(answer: Answer) -> bytes:
    lines = [
        f"HTTP/1.1 {answer.status} {HTTPStatus(answer.status).phrase}",
        f"Content-Length: {len(answer.body)}",
    ]
    lines += [f"{name}: {value}" for name, value in answer.headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + answer.body
