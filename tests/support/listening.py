"""A door of somebody else's, on this machine: keeps what it was sent and answers as it is told."""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self


class Listener:
    """`status` is its answer; 0 hangs up without one. What it says is its kind's own (`reply`)."""

    def __init__(self) -> None:
        self.status = 200
        listener = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                content = listener.reply(self.path, dict(self.headers), body)
                if listener.status == 0:
                    self.connection.close()
                    return
                with suppress(OSError):  # whoever asked did not wait
                    self.send_response(listener.status)
                    self.end_headers()
                    self.wfile.write(content)

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the base class's name
                """Quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    @classmethod
    @contextmanager
    def opened(cls) -> Iterator[Self]:
        """Listens until the block ends."""
        listener = cls()
        try:
            yield listener
        finally:
            listener.close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def reply(self, path: str, headers: Mapping[str, str], body: dict[str, Any]) -> bytes:
        """Notes what came, and words the answer."""
        raise NotImplementedError

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
