"""Who takes part: staff at their desks, everybody with a phone on the local platform."""

from collections.abc import Mapping
from typing import Any, Self
from uuid import uuid4

import httpx

from bench.timelapse.place import Place

_PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63606060f80f00010401005fe5c34b"
    "0000000049454e44ae426082"
)
"""One transparent pixel, a whole PNG."""


class Desk:
    """Calls the service's doors with one bearer token."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    @classmethod
    async def of_staff(cls, place: Place, login: str) -> Self:
        """The demo member of staff with this login."""
        body = {"login": login, "password": place.password}
        return await cls._log_in(place, "/api/staff/session", body)

    @classmethod
    async def of_customer(cls, place: Place, code: str) -> Self:
        """The mini-program, opened with a code of wx.login."""
        return await cls._log_in(place, "/api/mp/session", {"code": code})

    @classmethod
    async def _log_in(cls, place: Place, path: str, body: Mapping[str, str]) -> Self:
        http = httpx.AsyncClient(base_url=place.backend, timeout=30, trust_env=False)
        answer = (await http.post(path, json=body)).raise_for_status()
        http.headers["Authorization"] = f"Bearer {answer.json()['token']}"
        return cls(http)

    async def get(self, path: str) -> Any:
        return (await self._http.get(path)).raise_for_status().json()

    async def post(self, path: str, **body: Any) -> Any:
        answer = await self._http.post(path, json=body, headers={"Idempotency-Key": uuid4().hex})
        return answer.raise_for_status().json()

    async def upload(self, kind: str) -> int:
        """A picture as the camera makes it; its id."""
        files = {"file": ("IMG_1.png", _PICTURE, "image/png")}
        answer = await self._http.post("/api/staff/documents", data={"kind": kind}, files=files)
        document_id: int = answer.raise_for_status().json()["id"]
        return document_id

    async def close(self) -> None:
        await self._http.aclose()


class Phones:
    """The phones of the local platform; a person is named by key."""

    def __init__(self, place: Place) -> None:
        self._http = httpx.AsyncClient(base_url=place.platform, timeout=60, trust_env=False)

    async def make(self, key: str, name: str) -> None:
        """A person nobody knows yet."""
        await self._post("/sim/users", {"key": key, "name": name})

    async def act(self, key: str, what: str, **body: Any) -> None:
        """Follow, unfollow, scan, subscribe …"""
        await self._post(f"/sim/users/{key}/{what}", body)

    async def login_code(self, key: str) -> str:
        """What wx.login gives."""
        return str((await self._post(f"/sim/users/{key}/login-code", {}))["code"])

    async def count(self) -> int:
        """Pushes that arrived on all phones so far; answers in the chat are none."""
        people = (await self._http.get("/sim/users")).raise_for_status().json()["items"]
        pushed = "template,subscribe,custom,wecom"
        found = 0
        for person in people:
            answer = await self._http.get(f"/sim/users/{person['key']}/messages", params={"channel": pushed})
            found += len(answer.raise_for_status().json()["items"])
        return found

    async def _post(self, path: str, body: Mapping[str, Any]) -> Any:
        return (await self._http.post(path, json=dict(body))).raise_for_status().json()

    async def close(self) -> None:
        await self._http.aclose()
