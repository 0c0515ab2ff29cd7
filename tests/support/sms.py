"""A gateway for text messages that answers as it is told and keeps what it was sent."""

from collections.abc import Mapping
from typing import Any

from tests.support.listening import Listener


class SmsProvider(Listener):
    """`answer` is the body it says; `sent` holds bodies with path and token."""

    def __init__(self) -> None:
        self.answer = b'{"id": "sms-1"}'
        self.sent: list[dict[str, Any]] = []
        super().__init__()

    def reply(self, path: str, headers: Mapping[str, str], body: dict[str, Any]) -> bytes:
        self.sent.append({**body, "path": path, "token": headers["Authorization"]})
        return self.answer
