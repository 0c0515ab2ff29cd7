"""A person with WeChat in their hand, on the local platform."""

import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import httpx

from tests.support.desk import PICTURE, Desk

_PATIENCE = 40.0  # seconds of real time for a message to arrive


class Phone:
    """One person of the simulator: chats with the account, opens the mini-program, reads what arrives."""

    def __init__(self, simulator_url: str, backend_url: str, key: str | None = None) -> None:
        self.key = key or f"p{uuid4().hex[:10]}"
        self._backend = backend_url
        self._platform = httpx.Client(base_url=simulator_url, timeout=40, trust_env=False)
        if key is None:
            self._platform.post("/sim/users", json={"key": self.key, "name": "顾客"}).raise_for_status()
        self._seen = 0

    def act(self, what: str, **body: Any) -> str:
        """Follow, say, scan …: the passive answer as the person reads it, empty when there is none."""
        answer = self._platform.post(f"/sim/users/{self.key}/{what}", json=body)
        answer.raise_for_status()
        reply = answer.json()["reply"]
        return reply["text"] if reply else ""

    def say(self, text: str) -> str:
        """The answer, also when a busy server sends it a little later as a message of its own."""
        before = max((item["id"] for item in self.messages()), default=0)
        answer = self.act("say", text=text)
        return answer or str(self.wait_for(after=before, channel="custom")["text"])

    def send_picture(self, content: bytes = PICTURE) -> str:
        answer = self._platform.post(
            f"/sim/users/{self.key}/image", files={"file": ("IMG.png", content, "image/png")}
        )
        answer.raise_for_status()
        reply = answer.json()["reply"]
        return reply["text"] if reply else ""

    def messages(self) -> list[dict[str, Any]]:
        """Everything pushed to this person so far."""
        items: list[dict[str, Any]] = self._platform.get(f"/sim/users/{self.key}/messages").json()["items"]
        return [item for item in items if item["channel"] not in {"reply", "notice"}]

    def wait_for(self, *parts: str, after: int = 0, channel: str = "") -> dict[str, Any]:
        """The first pushed message, newer than `after`, that holds all these words."""
        found: dict[str, Any] = eventually(
            lambda: next(
                (
                    item
                    for item in self.messages()
                    if item["id"] > after
                    and channel in item["channel"]
                    and all(part in item["text"] for part in parts)
                ),
                None,
            ),
            why=lambda: f"{self.key} waits for {parts}, has {[item['text'] for item in self.messages()]}",
        )
        return found

    def open_mini_program(self) -> Desk:
        """Logs in as the real client does, by a wx.login code."""
        code = self._code("login-code")
        answer = httpx.post(
            f"{self._backend}/api/mp/session", json={"code": code}, timeout=15, trust_env=False
        )
        answer.raise_for_status()
        return Desk(self._backend, answer.json()["token"])

    def phone_code(self) -> str:
        """What the getPhoneNumber button gives."""
        return self._code("phone-code")

    def _code(self, kind: str) -> str:
        code: str = self._platform.post(f"/sim/users/{self.key}/{kind}", json={}).json()["code"]
        return code


def eventually(find: Callable[[], Any], why: Callable[[], str] = lambda: "it never came") -> Any:
    """What `find` finds, asked again and again for a while; processes of their own need a moment."""
    give_up = time.monotonic() + _PATIENCE
    while not (found := find()):
        assert time.monotonic() < give_up, why()
        time.sleep(0.1)
    return found
