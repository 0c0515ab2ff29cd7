"""A gateway for text messages that answers as it is told and keeps what it was sent."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class SmsProvider:
    """`status` is its answer; 0 hangs up without one. `sent` holds bodies with path and token."""

    def __init__(self) -> None:
        self.status, self.answer = 200, b'{"id": "sms-1"}'
        self.sent: list[dict[str, Any]] = []
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                provider.sent.append({**body, "path": self.path, "token": self.headers["Authorization"]})
                if provider.status == 0:
                    self.connection.close()
                    return
                self.send_response(provider.status)
                self.end_headers()
                self.wfile.write(provider.answer)

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the base class's name
                """Quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@contextmanager
def open_sms_provider() -> Iterator[SmsProvider]:
    """Listens until the block ends."""
    provider = SmsProvider()
    try:
        yield provider
    finally:
        provider.close()
