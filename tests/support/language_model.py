"""A stand-in for an OpenAI-compatible endpoint: answers as it is told, keeps all it was sent."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Says = Callable[[str, dict[str, Any]], str]
"""From the instruction and the JSON the user message holds to the text of the answer."""


class LanguageModelStandIn:
    """`says` words the answer; `status` 0 hangs up; `delay` seconds pass first; `raw` is the whole body, if set."""

    def __init__(self) -> None:
        self.status, self.delay = 200, 0.0
        self.raw: bytes | None = None
        self.says: Says = lambda _instruction, _asked: '{"intent": "unknown", "entities": {}}'
        self.received: list[dict[str, Any]] = []
        stand_in = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                stand_in.received.append({**body, "path": self.path, "key": self.headers["Authorization"]})
                time.sleep(stand_in.delay)
                if stand_in.status == 0:
                    self.connection.close()
                    return
                try:
                    self.send_response(stand_in.status)
                    self.end_headers()
                    self.wfile.write(stand_in._body(body))
                except OSError:
                    pass  # whoever asked did not wait

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the base class's name
                """Quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def texts(self) -> str:
        """All that ever came here, to look for what must not have."""
        return json.dumps(self.received, ensure_ascii=False)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _body(self, body: dict[str, Any]) -> bytes:
        if self.raw is not None:
            return self.raw
        instruction, asked = (message["content"] for message in body["messages"])
        said = self.says(instruction, json.loads(asked))
        return json.dumps({"choices": [{"message": {"role": "assistant", "content": said}}]}).encode()


@contextmanager
def open_language_model() -> Iterator[LanguageModelStandIn]:
    """Listens until the block ends."""
    stand_in = LanguageModelStandIn()
    try:
        yield stand_in
    finally:
        stand_in.close()
