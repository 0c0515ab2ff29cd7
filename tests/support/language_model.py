"""A stand-in for an OpenAI-compatible endpoint: answers as it is told, keeps all it was sent."""

import json
import time
from collections.abc import Callable, Mapping
from typing import Any

from tests.support.listening import Listener

Says = Callable[[str, dict[str, Any]], str]
"""From the instruction and the JSON the user message holds to the text of the answer."""


class LanguageModelStandIn(Listener):
    """`says` words the answer; `delay` seconds pass first; `raw` is the whole body, if set."""

    def __init__(self) -> None:
        self.delay = 0.0
        self.raw: bytes | None = None
        self.says: Says = lambda _instruction, _asked: '{"intent": "unknown", "entities": {}}'
        self.received: list[dict[str, Any]] = []
        super().__init__()

    def texts(self) -> str:
        """All that ever came here, to look for what must not have."""
        return json.dumps(self.received, ensure_ascii=False)

    def reply(self, path: str, headers: Mapping[str, str], body: dict[str, Any]) -> bytes:
        self.received.append({**body, "path": path, "key": headers["Authorization"]})
        time.sleep(self.delay)
        if self.raw is not None:
            return self.raw
        instruction, asked = (message["content"] for message in body["messages"])
        said = self.says(instruction, json.loads(asked))
        return json.dumps({"choices": [{"message": {"role": "assistant", "content": said}}]}).encode()
