"""One customer's mini-program, logged in through the local platform."""

from typing import Any
from uuid import uuid4

import httpx

SITE = "新郑市龙湖镇龙湖锦园"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64


class MiniProgram:
    """Calls the doors of /api/mp as the client does."""

    def __init__(self, backend: str, simulator: str) -> None:
        self.http = httpx.Client(base_url=backend, timeout=30, trust_env=False)
        self._platform = httpx.Client(base_url=simulator, timeout=30, trust_env=False)
        self.person = self.steer("/sim/users", {})
        self.home = f"{SITE}{uuid4().int % 10**9}号"

    def steer(self, path: str, body: object) -> dict[str, Any]:
        """The platform's control side."""
        return dict(self._platform.post(path, json=body).raise_for_status().json())

    def heal(self) -> None:
        """The platform has no faults any more."""
        self._platform.delete("/sim/faults").raise_for_status()

    def code(self, kind: str) -> str:
        return str(self.steer(f"/sim/users/{self.person['key']}/{kind}-code", {})["code"])

    def log_in(self) -> dict[str, Any]:
        answer = self.http.post("/api/mp/session", json={"code": self.code("login")})
        assert answer.status_code == 200, answer.text
        self.http.headers["Authorization"] = f"Bearer {answer.json()['token']}"
        return dict(answer.json())

    def file(self, key: str | None = None, **fields: object) -> httpx.Response:
        body = {
            "customer_kind": "resident",
            "contact_name": "张三",
            "contact_phone": "13812345678",
            "address": self.home,
            **fields,
        }
        headers = {"Idempotency-Key": key or uuid4().hex}
        return self.http.post("/api/mp/applications", json=body, headers=headers)

    def filed(self, **fields: Any) -> dict[str, Any]:
        answer = self.file(**fields)
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    def upload(self, kind: str, content: bytes = PNG) -> httpx.Response:
        files = {"file": ("../../x.exe", content, "text/html")}
        return self.http.post("/api/mp/documents", data={"kind": kind}, files=files)

    def look(self, number: str) -> dict[str, Any]:
        return dict(self.http.get(f"/api/mp/applications/{number}").raise_for_status().json())

    def act(self, number: str, name: str, **body: object) -> httpx.Response:
        return self.http.post(f"/api/mp/applications/{number}/{name}", json=body)


def refusal(answer: httpx.Response) -> tuple[int, str]:
    """Status and code of a refusal, which is always a problem document with a Chinese sentence."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    document = answer.json()
    assert document["status"] == answer.status_code
    assert any("一" <= character <= "鿿" for character in document["detail"])
    return answer.status_code, document["code"]
