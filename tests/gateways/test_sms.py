"""Text messages: what is sent, and what each refusal of the gateway means to us."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from backend.gateways.sms import SmsGateway
from backend.gateways.wechat.refusals import (
    AccountProblem,
    OutcomeUnknown,
    TryLater,
    Unreachable,
    WeChatTrouble,
    WrongData,
)
from tests.support.processes import free_port


class Provider:
    """A gateway that answers with `status` and keeps what it was sent."""

    def __init__(self) -> None:
        self.status, self.answer = 200, b'{"id": "sms-1"}'
        self.sent: list[dict[str, Any]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.sent.append(
                    {**json.loads(body), "path": self.path, "token": self.headers["Authorization"]}
                )
                if outer.status == 0:
                    self.connection.close()
                    return
                self.send_response(outer.status)
                self.end_headers()
                self.wfile.write(outer.answer)

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the base class's name
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def provider() -> Iterator[Provider]:
    running = Provider()
    yield running
    running.server.shutdown()
    running.server.server_close()


async def send(url: str) -> str | None:
    gateway = SmsGateway(api_base=url, token="t0ken")
    try:
        return await gateway.send("13811110000", "报装已受理", message_id="m-1")
    finally:
        await gateway.close()


async def test_the_message_goes_with_its_id_and_the_token(provider: Provider) -> None:
    assert await send(provider.url) == "sms-1"
    assert provider.sent == [
        {
            "id": "m-1",
            "to": "13811110000",
            "text": "报装已受理",
            "path": "/messages",
            "token": "Bearer t0ken",
        }
    ]


@pytest.mark.parametrize("answer", [b"", b"ok", b"[]", b"{}"])
async def test_a_gateway_without_receipts_serves_too(provider: Provider, answer: bytes) -> None:
    provider.answer = answer
    assert await send(provider.url) is None


@pytest.mark.parametrize(
    ("status", "trouble"),
    [
        (400, WrongData),
        (401, AccountProblem),
        (402, AccountProblem),
        (404, AccountProblem),
        (418, AccountProblem),
        (410, Unreachable),
        (422, Unreachable),
        (429, TryLater),
        (500, TryLater),
        (503, TryLater),
        (0, OutcomeUnknown),
    ],
)
async def test_refusals_in_our_words(provider: Provider, status: int, trouble: type[WeChatTrouble]) -> None:
    provider.status = status
    with pytest.raises(trouble):
        await send(provider.url)


async def test_a_gateway_that_is_away_is_tried_later() -> None:
    with pytest.raises(TryLater):
        await send(f"http://127.0.0.1:{free_port()}")
