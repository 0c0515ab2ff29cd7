"""A partner on the other side: signs as the contract says, and hears what is reported back. Shares no code with us."""

import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import uuid4

import httpx

from tests.support.phone import eventually

SECRET = "lantian-partner-demo"  # the printed default of the demo data


def signature(secret: str, method: str, path: str, timestamp: str, nonce: str, body: bytes) -> str:
    """As contract.md words it."""
    text = "\n".join([method, path, timestamp, nonce, hashlib.sha256(body).hexdigest()])
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()


@dataclass(kw_only=True)
class Partner:
    """One platform's program."""

    key: str
    backend: str
    secret: str = SECRET

    def post(
        self, door: str, body: Mapping[str, Any] | bytes, *, key: str | None = None, **spoilt: str
    ) -> httpx.Response:
        """A signed request; `key` is the Idempotency-Key. `spoilt` replaces what honest partners send:
        `path_partner`, `timestamp`, `nonce`, `signature`, `content_type`.
        """
        content = body if isinstance(body, bytes) else json.dumps(dict(body)).encode()
        path = f"/api/partners/{spoilt.get('path_partner', self.key)}/{door}"
        timestamp = spoilt.get("timestamp", str(int(time.time())))
        nonce = spoilt.get("nonce", uuid4().hex)
        signed = signature(self.secret, "POST", path, timestamp, nonce, content)
        headers = {
            "Content-Type": spoilt.get("content_type", "application/json"),
            "Idempotency-Key": uuid4().hex if key is None else key,
            "X-Partner-Key": self.key,
            "X-Timestamp": timestamp,
            "X-Nonce": nonce,
            "X-Signature": spoilt.get("signature", signed),
        }
        kept = {name.encode(): value.encode() for name, value in headers.items() if value}
        return httpx.post(self.backend + path, content=content, headers=kept, timeout=20, trust_env=False)


@dataclass(kw_only=True)
class Mailbox:
    """What a partner was told. `answers` are the statuses it will give, one after another, then 200."""

    url: str
    requests: list[dict[str, Any]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)

    def told(self, **like: Any) -> list[dict[str, Any]]:
        """The reports whose fields are `like` these, each once, as first taken."""
        taken = {one["body"]["id"]: one["body"] for one in self.requests if one["answer"] == 200}
        return [
            body for body in taken.values() if all(body.get(name) == value for name, value in like.items())
        ]

    def wait_for(self, **like: Any) -> dict[str, Any]:
        found: list[dict[str, Any]] = eventually(
            lambda: self.told(**like), why=lambda: f"waits for {like}, has {self.told()}"
        )
        return found[0]


@contextmanager
def open_mailbox(path: str = "/callbacks/gas", *, port: int = 0) -> Iterator[Mailbox]:
    """A server that takes reports and refuses what is not signed with the demo secret."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"]))
            answer = mailbox.answers.pop(0) if mailbox.answers else 200
            answer = answer if _genuine(self, content) else 401
            told = {"body": json.loads(content), "headers": dict(self.headers), "answer": answer}
            mailbox.requests.append(told)
            self.send_response(answer)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the library names it so
            """Keeps the tests' output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    mailbox = Mailbox(url=f"http://127.0.0.1:{server.server_port}{path}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield mailbox
    finally:
        server.shutdown()
        server.server_close()


def _genuine(request: BaseHTTPRequestHandler, content: bytes) -> bool:
    head = request.headers
    wanted = signature(SECRET, "POST", request.path, head["X-Timestamp"], head["X-Nonce"], content)
    return wanted == head["X-Signature"] and abs(time.time() - int(head["X-Timestamp"])) <= 300
