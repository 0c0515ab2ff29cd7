"""The simulated platform as a test steers it and looks at it."""

from collections.abc import Mapping
from typing import Any

import httpx

_NO_PROXY = {"trust_env": False, "timeout": 10.0}


class Platform:
    """The control API of one simulator."""

    def __init__(self, url: str) -> None:
        self._http = httpx.Client(base_url=url, **_NO_PROXY)  # type: ignore[arg-type]  # both are keywords of Client

        # acts that no backend hears of are not worth a pause before each repeat
        self._http.patch("/sim/callbacks", json={"pause_seconds": 0.01}).raise_for_status()

    def close(self) -> None:
        self._http.close()

    def person(self, key: str, **fields: Any) -> Mapping[str, Any]:
        """Makes a person, or gives them back when they are there."""
        known = self._http.get(f"/sim/users/{key}")
        if known.status_code == 200 and not fields:
            return dict(known.json())
        self._http.post("/sim/users", json={"key": key, **fields})
        self._http.patch(f"/sim/users/{key}", json={"refuses": False, **fields}).raise_for_status()
        return dict(self._http.get(f"/sim/users/{key}").json())

    def fault(self, kind: str, pattern: str = "*message*send", **more: Any) -> None:
        """From now on the doors of this pattern go wrong."""
        self._http.post("/sim/faults", json={"pattern": pattern, "kind": kind, **more}).raise_for_status()

    def heal(self) -> None:
        """No door goes wrong any more."""
        self._http.delete("/sim/faults").raise_for_status()

    def read(self, key: str, channel: str | None = None) -> list[Mapping[str, Any]]:
        """What this person has on the phone, oldest first."""
        query = {"channel": channel} if channel else {}
        answer = self._http.get(f"/sim/users/{key}/messages", params=query)
        return list(answer.raise_for_status().json()["items"])

    def calls(self, path: str) -> list[Mapping[str, Any]]:
        """The calls that came in for this path."""
        return list(self._http.get("/sim/calls", params={"path": path, "limit": 500}).json()["items"])

    def act(self, key: str, what: str, **body: Any) -> Mapping[str, Any]:
        """Lets the person do something; the backend need not be there to hear of it."""
        return dict(self._http.post(f"/sim/users/{key}/{what}", json=body).json())

    def send_picture(self, key: str, content: bytes, app: str = "official_account") -> str:
        """Lets the person send a picture; its media id, as the callback would bring it."""
        answer = self._http.post(f"/sim/users/{key}/image", params={"app": app}, content=content)
        return str(answer.raise_for_status().json()["fields"]["MediaId"])

    def revoke_tokens(self) -> None:
        """Every token given out so far is refused from now on."""
        self._http.post("/sim/tokens/revoke").raise_for_status()
