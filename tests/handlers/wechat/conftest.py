"""A customer in the simulated chat, and the people of the company behind it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from backend.embedded import ServiceUrls
from tests.support.builders import a_member_of_staff, an_accepted_site
from tests.support.processes import RunningProcess
from tests.support.waiting import wait_until


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
        query: dict[str, str | int] = {"channel": channel, "wait": wait}
        return list(self.http.get(f"/sim/users/{self.key}/messages", params=query).json()["items"])


@pytest.fixture(scope="module")
def chat_settings() -> dict[str, str]:
    """More of the environment of a module's backend; a module that needs some gives its own."""
    return {}


@pytest.fixture(scope="module")
def chat_server(
    var_dir: Path,
    services: ServiceUrls,
    migrated_database_url: str,
    simulator_process: RunningProcess,
    backend_url: str,
    chat_settings: dict[str, str],
) -> Iterator[RunningProcess]:
    """One `python -m backend` for the module, where the simulator's callbacks go; its assistant has learned."""
    process = RunningProcess(
        module="backend",
        environment={
            "VAR_DIR": str(var_dir),
            "DATABASE_URL": migrated_database_url,
            "REDIS_URL": services.redis_url,
            "WECHAT_API_BASE": simulator_process.url,
            "WECOM_API_BASE": simulator_process.url,
            "BACKEND_PORT": backend_url.rpartition(":")[2],
            "PUBLIC_BASE_URL": backend_url,
            **chat_settings,
        },
        log=var_dir / "chat.log",
        url=backend_url,
        ready_path="/readyz",
    )
    process.start()
    with httpx.Client(base_url=simulator_process.url, timeout=40, trust_env=False) as http:
        http.post("/sim/users", json={"key": "first"})
        first = Chatter(http=http, key="first")
        wait_until(lambda: bool(first.say("你好")), "the assistant has learned")
    yield process
    process.stop()


@pytest.fixture
def chat(simulator: RunningProcess) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=simulator.url, timeout=90, trust_env=False) as client:
        client.patch("/sim/callbacks", json={"mode": "safe"}).raise_for_status()
        yield client


@pytest.fixture
async def company(database: str) -> None:
    """An accepted site and one member of staff for each part."""
    await a_member_of_staff("customer_manager", name="王经理", districts=["龙湖镇"])
    await a_member_of_staff("supervisor", name="李主管")
    await a_member_of_staff("duty_officer", name="值班员")
    await a_member_of_staff("hotline_agent", name="坐席")
    await an_accepted_site()


@pytest.fixture
def customer(chat_server: RunningProcess, chat: httpx.Client, company: None) -> Chatter:
    """Somebody new, who follows the account."""
    key = f"c{uuid4().hex[:8]}"
    chat.post("/sim/users", json={"key": key, "name": "张三"}).raise_for_status()
    person = Chatter(http=chat, key=key)
    assert "新郑蓝天燃气" in person.read(person.act("follow"))
    return person
