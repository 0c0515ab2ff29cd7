"""Calling a route with next to nothing, and with logins nobody is let in with."""

import re
from dataclasses import dataclass
from uuid import uuid4

import httpx
import pytest
from sanic_routing import Route

from backend.handlers import tokens
from backend.handlers.tokens import Holder
from config.settings import Settings
from tests.support.desk import PICTURE


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A case of the demo manager's, which pages are asked for."""

    number: str
    project_id: int
    document_id: int

    def path(self, route: Route) -> str:
        """The route's address, about this case; everything else it names does not exist."""
        known = {
            "number": self.number,
            "project_id": str(self.project_id),
            "document_id": str(self.document_id),
            "name": "pause",
        }

        def fill(place: re.Match[str]) -> str:
            return known.get(place[1]) or ("999999" if place[2] == "int" else "nothing")

        return "/" + re.sub(r"<(\w+):(\w+)>", fill, route.path)


def ask(http: httpx.Client, route: Route, path: str, form_token: str = "") -> int:
    """The status of an empty call."""
    [method] = route.methods
    if method == "GET":
        return http.get(path).status_code
    headers = {"Idempotency-Key": uuid4().hex, "X-Form-Token": form_token}
    if not path.startswith("/api/"):
        form = {"form_token": form_token, "once": uuid4().hex}
        return http.post(path, data=form, headers=headers).status_code
    if (
        path.endswith(("/documents", "/imports"))
        and "/applications/" not in path
        and "/projects/" not in path
    ):
        files = {"file": ("a.png", PICTURE)}
        return http.post(path, data={"kind": "nothing"}, files=files, headers=headers).status_code
    return http.post(path, json={}, headers=headers).status_code


def expired(kind: tokens.Kind) -> str:
    """A token of the year 1970."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("itsdangerous.timed.time.time", lambda: 1_000_000)
        return tokens.issue(kind, Holder(id=1, version=0), Settings())


def strangers() -> dict[str, str]:
    """What nobody is let in with."""
    customers = tokens.issue("customer", Holder(id=1, version=0), Settings())
    ended = tokens.issue("staff", Holder(id=1, version=99), Settings())
    return {
        "nothing": "",
        "nonsense": "nonsense",
        "a customer's": customers,
        "an expired one": expired("staff"),
        "an ended login's": ended,
    }


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"} if token else {}
