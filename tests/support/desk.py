"""A member of staff at their desk: the staff API as a program would call it."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import httpx

DEMO_PASSWORD = "lantian-demo"  # the printed default of the demo data
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63606060f80f00010401005fe5c34b"
    "0000000049454e44ae426082"
)
"""One transparent pixel, a whole PNG."""


class Refused(AssertionError):
    """The door said no; `problem` is its problem+json."""

    def __init__(self, status: int, problem: Any) -> None:
        super().__init__(f"{status} {problem}")
        self.status = status
        self.problem = problem


class Desk:
    """Calls doors with one bearer token."""

    def __init__(self, url: str, token: str, staff: Mapping[str, Any] | None = None) -> None:
        self.staff = dict(staff or {})
        self._http = httpx.Client(
            base_url=url, headers={"Authorization": f"Bearer {token}"}, timeout=15, trust_env=False
        )

    @classmethod
    def of_staff(cls, url: str, login: str) -> "Desk":
        """Logged in with the demo password."""
        answer = httpx.post(
            f"{url}/api/staff/session",
            json={"login": login, "password": DEMO_PASSWORD},
            timeout=15,
            trust_env=False,
        )
        session = taken(answer)
        return cls(url, session["token"], session["staff"])

    def get(self, path: str, **query: Any) -> Any:
        return taken(self._http.get(path, params=query))

    def post(self, path: str, body: Mapping[str, Any] | None = None, *, key: str | None = None) -> Any:
        """`key` is the Idempotency-Key; doors that need none do not mind a fresh one."""
        return taken(
            self._http.post(path, json=dict(body or {}), headers={"Idempotency-Key": key or uuid4().hex})
        )

    def upload(self, path: str, kind: str, content: bytes = PICTURE) -> int:
        """A file as the camera makes it; returns its id."""
        answer = self._http.post(
            path, data={"kind": kind}, files={"file": ("IMG_1.png", content, "image/png")}
        )
        document_id: int = taken(answer)["id"]
        return document_id

    def send_form(self, path: str, fields: Mapping[str, Any], content: bytes) -> Any:
        """A multipart form with one file."""
        return taken(self._http.post(path, data=dict(fields), files={"file": ("sheet", content)}))

    def tasks(self, state: str = "open", **like: Any) -> list[dict[str, Any]]:
        """My tasks in a state whose fields are `like` these, however many pages there are."""
        items: list[dict[str, Any]] = []
        query: dict[str, Any] = {"state": state, "limit": 100}
        while query.get("cursor", "") is not None:
            page = self.get("/api/staff/tasks", **query)
            items += page["items"]
            query["cursor"] = page["next"]
        return [task for task in items if all(task[name] == value for name, value in like.items())]


def taken(answer: httpx.Response) -> Any:
    """The JSON of a 2xx. Raises Refused."""
    if not answer.is_success:
        raise Refused(answer.status_code, answer.json())
    return answer.json()
