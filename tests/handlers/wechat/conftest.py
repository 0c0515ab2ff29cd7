"""A customer in the simulated chat, and the people of the company behind it."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx
import pytest

from backend import database as backend_database
from tests.support.builders import a_member_of_staff, an_accepted_site
from tests.support.processes import RunningProcess


@dataclass(frozen=True)
class Chatter:
    """One person with a phone: every act brings a callback to the backend."""

    http: httpx.Client
    key: str

    def act(self, what: str, **body: Any) -> dict[str, Any]:
        answer = self.http.post(f"/sim/users/{self.key}/{what}", json=body)
        return dict(answer.raise_for_status().json())

    def say(self, text: str, **more: Any) -> str:
        """What is answered; empty for silence. The platform's fault notice fails the test."""
        return self.read(self.act("say", text=text, **more))

    def send_picture(self, content: bytes = b"\xff\xd8\xff\xe0picture") -> str:
        answer = self.http.post(f"/sim/users/{self.key}/image", content=content)
        return self.read(dict(answer.raise_for_status().json()))

    def read(self, act: dict[str, Any]) -> str:
        assert not act["notice"], act["why"]
        return act["reply"]["text"] if act["reply"] else ""

    def messages(self, channel: str, *, wait: int = 0) -> list[dict[str, Any]]:
        query = {"channel": channel, "wait": wait}
        return list(self.http.get(f"/sim/users/{self.key}/messages", params=query).json()["items"])


@pytest.fixture
def chat(simulator: RunningProcess) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=simulator.url, timeout=40, trust_env=False) as client:
        client.patch("/sim/callbacks", json={"mode": "safe"}).raise_for_status()
        yield client


@pytest.fixture
async def company(database_url: str) -> AsyncIterator[None]:
    """An accepted site and one member of staff for each part; there before the backend starts."""
    await backend_database.open_database(database_url)
    await a_member_of_staff("customer_manager", name="王经理", districts=["龙湖镇"])
    await a_member_of_staff("supervisor", name="李主管")
    await a_member_of_staff("duty_officer", name="值班员")
    await a_member_of_staff("hotline_agent", name="坐席")
    await an_accepted_site()
    yield
    await backend_database.close_database()


@pytest.fixture
def customer(chat: httpx.Client, company: None, backend_server: RunningProcess) -> Chatter:
    """Somebody new, who follows the account."""
    key = f"c{uuid4().hex[:8]}"
    chat.post("/sim/users", json={"key": key, "name": "张三"}).raise_for_status()
    person = Chatter(http=chat, key=key)
    assert "新郑蓝天燃气" in person.read(person.act("follow"))
    return person
